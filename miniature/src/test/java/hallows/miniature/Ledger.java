package hallows.miniature;

import hallows.model.PartitionId;
import hallows.model.Refusal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/// Holds the service to its word: what was acknowledged is there, at its offset; what was seen
/// stays; nothing is there twice, nothing that is certain not to be written, nothing that nobody
/// wrote.
final class Ledger implements Witness {
    private final Map<PartitionId, Map<Long, Long>> acknowledged = new HashMap<>();
    private final Map<PartitionId, Map<Long, Written>> seen = new HashMap<>();
    private final Map<PartitionId, Set<Written>> everSeen = new HashMap<>();
    private final Map<PartitionId, Set<Long>> refused = new HashMap<>();
    private final Map<PartitionId, Long> nextToRead = new HashMap<>();
    private final List<String> complaints = new ArrayList<>();
    private final LongSupplier bitsFlipped;
    private long damaged;

    /// Appends of which something is known, if only that they were lost from sight.
    int settled;

    int appended;

    Ledger() {
        this(() -> 0);
    }

    /// @param bitsFlipped how often the disk has read wrong: so often may a record arrive damaged
    Ledger(LongSupplier bitsFlipped) {
        this.bitsFlipped = bitsFlipped;
    }

    /// Who wrote a record, and which of his it is.
    private record Written(long writer, long number) {}

    @Override
    public void appended(PartitionId partition, long offset, long number, long tookNanos) {
        settled++;
        appended++;
        Long before = in(acknowledged, partition).put(offset, number);
        expect(before == null, "two acknowledged at " + offset + " of " + partition);
        Written there = in(seen, partition).get(offset);
        expect(
                there == null || there.number == number,
                number + " acknowledged at " + offset + " where " + there + " was seen");
    }

    @Override
    public void refused(PartitionId partition, long number, Refusal why) {
        settled++;
        if (why == Refusal.NO_SPACE || why == Refusal.NOT_WRITTEN) {
            refused.computeIfAbsent(partition, _ -> new HashSet<>()).add(number);
            expect(
                    in(seen, partition).values().stream().noneMatch(one -> one.number == number),
                    number + " was seen in " + partition + " and refused");
        }
    }

    @Override
    public void lost(PartitionId partition, long number) {
        settled++;
    }

    @Override
    public void read(PartitionId partition, long offset, ByteBuffer payload) {
        expect(
                offset == nextToRead.getOrDefault(partition, 0L),
                "a gap or a repetition at " + offset + " of " + partition);
        nextToRead.put(partition, offset + 1);
        Written record = new Written(Load.writer(payload), Load.number(payload));
        Written before = in(seen, partition).put(offset, record);
        expect(before == null || before.equals(record), before + " has become " + record);
        boolean first = everSeen.computeIfAbsent(partition, _ -> new HashSet<>()).add(record);
        expect(first || before != null, record + " is there twice");
        Long promised = in(acknowledged, partition).get(offset);
        expect(
                promised == null || promised == record.number,
                record + " is at " + offset + " where " + promised + " was acknowledged");
        expect(
                !refused.getOrDefault(partition, Set.of()).contains(record.number),
                record + " was refused and is there");
        expect(Load.isWhole(payload), record + " is not as it was written");
    }

    @Override
    public void damaged(PartitionId partition, long offset) {
        damaged++;
        expect(
                damaged <= bitsFlipped.getAsLong(),
                "there is no sound record " + offset + " in " + partition);
    }

    @Override
    public void broken(String how) {
        complaints.add(how);
    }

    /// From now on followers begin anew: they must see the same again.
    void readAgain() {
        nextToRead.clear();
    }

    /// Whether followers have come to everything that was acknowledged or seen.
    boolean hasReadAll() {
        return acknowledged.keySet().stream().allMatch(this::hasReadAll);
    }

    private boolean hasReadAll(PartitionId partition) {
        long next = nextToRead.getOrDefault(partition, 0L);
        return in(acknowledged, partition).keySet().stream().allMatch(offset -> offset < next)
                && in(seen, partition).keySet().stream().allMatch(offset -> offset < next);
    }

    /// Now at the latest all of it should have been read.
    void expectAllRead() {
        expect(hasReadAll(), "acknowledged or seen, and gone: what comes after " + nextToRead);
    }

    /// The service has stopped in order: what it took in, it has answered.
    void expectAllAnswered() {
        seen.forEach((partition, records) ->
                expect(
                        in(acknowledged, partition).keySet().containsAll(records.keySet()),
                        "written and never answered: a record of " + partition));
    }

    /// Fails with the first complaint, if there is one.
    void check() {
        if (!complaints.isEmpty()) {
            throw new AssertionError(complaints.getFirst());
        }
    }

    private void expect(boolean holds, String complaint) {
        if (!holds) {
            complaints.add(complaint);
        }
    }

    private static <V> Map<Long, V> in(Map<PartitionId, Map<Long, V>> of, PartitionId partition) {
        return of.computeIfAbsent(partition, _ -> new HashMap<>());
    }
}
