package hallows.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;

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
    private long numbers;
    private long nextToRead;
    private long damaged;
    private int settled;

    /// @param bitsFlipped how often the disk has read wrong: so often may something look damaged
    LogLedger(String name, LongSupplier bitsFlipped) {
        this.name = name;
        this.bitsFlipped = bitsFlipped;
    }

    /// A number for a record that nobody has written yet.
    long nextNumber() {
        return numbers++;
    }

    /// How many records have found their end, one way or another.
    int settled() {
        return settled;
    }

    void acknowledged(long offset, long number) {
        settled++;
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

    /// Nobody knows.
    void lost() {
        settled++;
    }

    /// A reader has come to a record.
    void read(long offset, long number) {
        expect(offset == nextToRead, "a gap or a repetition at " + offset + ", not " + nextToRead);
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

    /// The reader begins anew: it must see the same again.
    void readAgain() {
        nextToRead = 0;
    }

    /// Whether the reader has come to all that was acknowledged or seen.
    boolean hasReadAll() {
        return (acknowledged.isEmpty() || acknowledged.lastKey() < nextToRead)
                && (seen.isEmpty() || seen.lastKey() < nextToRead);
    }

    /// Fails with the first complaint.
    void check() {
        if (!complaints.isEmpty()) {
            throw new AssertionError(name + ": " + complaints.getFirst());
        }
    }

    @Override
    public String toString() {
        return "%s: acknowledged %s, seen %s, read up to %d"
                .formatted(
                        name,
                        acknowledged.isEmpty() ? "nothing" : "up to " + acknowledged.lastKey(),
                        seen.isEmpty() ? "nothing" : "up to " + seen.lastKey(),
                        nextToRead);
    }

    private void expect(boolean holds, String complaint) {
        if (!holds) {
            complaints.add(complaint);
        }
    }
}
