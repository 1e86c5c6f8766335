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

/// Holds the service to its word: what was acknowledged is there, at its offset; what was seen
/// stays; nothing is there twice, nothing that was refused, nothing that nobody wrote.
final class Ledger implements Witness {
    private final Map<PartitionId, Map<Long, Long>> acknowledged = new HashMap<>();
    private final Map<PartitionId, Map<Long, Written>> seen = new HashMap<>();
    private final Map<PartitionId, Set<Written>> everSeen = new HashMap<>();
    private final Map<PartitionId, Set<Long>> refused = new HashMap<>();
    private final Map<PartitionId, Long> nextToRead = new HashMap<>();
    private final List<String> complaints = new ArrayList<>();

    /// Appends of which something is known, if only that they were lost from sight.
    int settled;

    int appended;

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
        if (why == Refusal.NO_SPACE) {
            refused.computeIfAbsent(partition, _ -> new HashSet<>()).add(number);
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
        expect(payload.remaining() >= Load.PAYLOAD_BYTES_MIN, "a payload is whole");
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
