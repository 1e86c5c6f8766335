package hallows.log;

import hallows.runtime.Dice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;

/// Holds one log to its word, over all processes that ever had it: what was acknowledged is there
/// at its offset, what was seen stays, nothing is there twice, nothing that was taken back, nothing
/// that nobody wrote.
final class LogLedger {
    /// What stands at the offset of a transaction's marker.
    static final long MARKER = -1;

    private final String name;
    private final LongSupplier bitsFlipped;
    private final TreeMap<Long, Long> acknowledged = new TreeMap<>();
    private final TreeMap<Long, Long> seen = new TreeMap<>();
    private final Map<Long, Long> offsets = new HashMap<>();
    private final Set<Long> takenBack = new HashSet<>();
    private final List<String> complaints = new ArrayList<>();
    private final TreeMap<Integer, Long> epochs = new TreeMap<>();
    private final Map<Long, Long> stamps = new HashMap<>();
    private final Map<Long, Long> gaps = new HashMap<>();
    private final Map<Long, Boolean> decisions = new HashMap<>();
    private long numbers;
    private long nextToRead;
    private long nextCommitted;
    private long damaged;
    private int settled;

    /// @param bitsFlipped how often the disk has read wrong: so often may something look damaged
    LogLedger(String name, LongSupplier bitsFlipped) {
        this.name = name;
        this.bitsFlipped = bitsFlipped;
    }

    /// A number for a record that nobody has written yet.
    ///
    /// @param stamp its timestamp
    long nextNumber(long stamp) {
        stamps.put(numbers, stamp);
        return numbers++;
    }

    /// What stands in a record.
    static long number(RecordBatch batch, Record record) {
        return batch.isControlBatch() ? MARKER : record.value().getLong();
    }

    /// How many records have found their end, one way or another.
    int settled() {
        return settled;
    }

    void acknowledged(long offset, long number) {
        settled++;
        gaps.remove(offset);
        Long before = acknowledged.put(offset, number);
        expect(before == null || before == number, "two acknowledged at " + offset);
        Long there = seen.get(offset);
        expect(
                there == null || there == number,
                number + " acknowledged at " + offset + " where " + there + " was seen");
    }

    /// It is not in the log and never will be.
    void takenBack(long number) {
        settled++;
        takenBack.add(number);
        expect(!offsets.containsKey(number), number + " was seen and taken back");
    }

    /// How a producer's transaction ends: a coordinator that has decided once stays with it,
    /// however often its marker is lost.
    ///
    /// @return whether it is aborted
    boolean decides(long producer, BooleanSupplier aborts) {
        return decisions.computeIfAbsent(producer, _ -> aborts.getAsBoolean());
    }

    /// A marker is there for good: the producer's next transaction may end in another way.
    void decided(long producer) {
        decisions.remove(producer);
    }

    /// A log is cut within a batch, and the batch goes whole: what comes next may begin behind it.
    void gap(long from, long to) {
        gaps.put(from, to);
    }

    /// Up to where nothing need be from an offset on.
    long behindGaps(long offset) {
        long behind = offset;
        while (gaps.containsKey(behind)) {
            behind = gaps.get(behind);
        }
        return behind;
    }

    private boolean isNext(long offset, long expected) {
        long next = expected;
        while (next != offset && gaps.containsKey(next)) {
            next = gaps.get(next);
        }
        return next == offset;
    }

    /// Nobody knows.
    void lost() {
        settled++;
    }

    /// A reader has come to a record.
    void read(long offset, long number) {
        expect(
                isNext(offset, nextToRead),
                "a gap or a repetition at " + offset + ", not " + nextToRead);
        nextToRead = offset + 1;
        Long before = seen.put(offset, number);
        expect(before == null || before == number, before + " has become " + number);
        Long promised = acknowledged.get(offset);
        expect(
                promised == null || promised == number,
                number + " is at " + offset + " where " + promised + " was acknowledged");
        if (number != MARKER) {
            Long place = offsets.put(number, offset);
            expect(place == null || place == offset, number + " is there twice");
            expect(number < numbers, "nobody wrote " + number);
            expect(!takenBack.contains(number), number + " was taken back and is there");
        }
    }

    /// A reader of committed records has come to one, shown or not.
    void readCommitted(long offset, long number) {
        expect(isNext(offset, nextCommitted), "a gap at " + offset + ", not " + nextCommitted);
        nextCommitted = offset + 1;
        Long before = seen.putIfAbsent(offset, number);
        expect(before == null || before == number, before + " is committed as " + number);
    }

    /// A reader has met a batch of a leader's epoch. It is in no checksum: what was seen while bits
    /// flip is not known.
    void epoch(int epoch, long offset) {
        if (bitsFlipped.getAsLong() == 0) {
            epochs.merge(epoch, offset, Math::min);
        }
    }

    private static String missing(long end) {
        return "what was acknowledged or seen is missing: the log ends at " + end;
    }

    private boolean knows(LeaderEpochs known, int epoch, long offset) {
        return known.entries().stream()
                .anyMatch(entry -> entry.epoch() == epoch && entry.startOffset() <= offset);
    }

    /// A log was opened.
    ///
    /// @param known what was written about it
    /// @param smoothly whether the disk failed no call meanwhile and turned no bit: who cannot read
    ///   the end of a log reads all of its last segment
    void opened(Opening.Known known, Opening.Opened opened, boolean smoothly) {
        long end = opened.loaded().end();
        LeaderEpochs there = opened.loaded().epochs();
        epochs.forEach((epoch, offset) ->
                expect(
                        knows(there, epoch, offset),
                        "the epoch " + epoch + " is forgotten: " + there.entries()));
        expect(acknowledged.isEmpty() || acknowledged.lastKey() < end, missing(end));
        expect(seen.isEmpty() || seen.lastKey() < end, missing(end));
        expect(
                known.recoveryPoint() <= behindGaps(end),
                "it ends below its recovery point: " + end);
        expect(
                !known.clean() || !smoothly || opened.recovery().wasWhole(),
                "recovered after a clean stop: " + opened.recovery());
    }

    /// The timestamp of any record that was seen.
    OptionalLong anyStamp(Dice dice) {
        if (seen.isEmpty()) {
            return OptionalLong.empty();
        }
        var some = seen.ceilingEntry((long) dice.below((int) (seen.lastKey() + 1)));
        return some == null || some.getValue() == MARKER
                ? OptionalLong.empty()
                : OptionalLong.of(stamp(some.getValue()));
    }

    /// The first record that was seen and is not older.
    OptionalLong firstSince(long stamp) {
        return seen.entrySet().stream()
                .filter(entry -> entry.getValue() != MARKER && stamp(entry.getValue()) >= stamp)
                .mapToLong(Map.Entry::getKey)
                .findFirst();
    }

    /// Whether nothing else is known of the record at an offset.
    boolean mayHaveStamp(long offset, long stamp) {
        Long number = seen.get(offset);
        return number == null || number == MARKER || stamp(number) == stamp;
    }

    /// The timestamp of a record.
    long stamp(long number) {
        return Objects.requireNonNull(stamps.get(number));
    }

    /// A reader has met a batch that is not what its checksum says, or not at its place.
    void damaged(String how) {
        damaged++;
        expect(damaged <= bitsFlipped.getAsLong(), "damaged: " + how);
    }

    void broken(String how) {
        complaints.add(how);
    }

    /// Where the reader goes on.
    long nextToRead() {
        return nextToRead;
    }

    /// Where the reader of committed records goes on.
    long nextCommitted() {
        return nextCommitted;
    }

    /// The readers begin anew: they must see the same again.
    void readAgain() {
        nextToRead = 0;
        nextCommitted = 0;
    }

    /// Whether the readers have come to all that was acknowledged or seen.
    boolean hasReadAll() {
        long read = Math.min(nextToRead, nextCommitted);
        return (acknowledged.isEmpty() || acknowledged.lastKey() < read)
                && (seen.isEmpty() || seen.lastKey() < read);
    }

    /// Fails with the first complaint.
    void check() {
        if (!complaints.isEmpty()) {
            throw new AssertionError(name + ": " + complaints.getFirst());
        }
    }

    @Override
    public String toString() {
        return "%s: acknowledged %s, seen %s, read up to %d, committed up to %d"
                .formatted(
                        name,
                        acknowledged.isEmpty() ? "nothing" : "up to " + acknowledged.lastKey(),
                        seen.isEmpty() ? "nothing" : "up to " + seen.lastKey(),
                        nextToRead,
                        nextCommitted);
    }

    private void expect(boolean holds, String complaint) {
        if (!holds) {
            complaints.add(complaint);
        }
    }
}
