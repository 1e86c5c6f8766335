package hallows.server;

import hallows.miniature.Witness;
import hallows.model.PartitionId;
import hallows.model.Refusal;
import hallows.runtime.DelayHistogram;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Counts what the clients of the miniature saw. Written on their shard; read when it has ended, or
/// as a moment's truth before.
final class Tally implements Witness {
    private final DelayHistogram roundTrips = new DelayHistogram();

    /// By partition: where this run's records begin, and how far its follower has come.
    private final long[] firsts;

    private final long[] ends;

    private volatile long followed;
    private volatile long refused;
    private volatile long lost;
    private volatile String complaint = "";

    /// For the partitions 0 to before `partitions`.
    Tally(int partitions) {
        this.firsts = new long[partitions];
        this.ends = new long[partitions];
        Arrays.fill(firsts, Long.MAX_VALUE);
    }

    @Override
    public void appended(PartitionId partition, long offset, long number, long roundTripNanos) {
        int index = partition.partition();
        firsts[index] = Math.min(firsts[index], offset);
        roundTrips.record(roundTripNanos);
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one shard writes
    public void refused(PartitionId partition, long number, Refusal why) {
        refused++;
        complaint = "an append was refused: " + why;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one shard writes
    public void lost(PartitionId partition, long number) {
        lost++;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one shard writes
    public void read(PartitionId partition, long offset, ByteBuffer payload) {
        ends[partition.partition()] = offset + 1;
        followed++;
    }

    @Override
    public void damaged(PartitionId partition, long offset) {
        complaint = "record " + offset + " of " + partition + " was damaged";
    }

    @Override
    public void broken(String how) {
        complaint = how;
    }

    long appended() {
        return roundTrips.count();
    }

    /// Followers begin with what was there before: the records ahead of the first that was
    /// acknowledged now.
    private long followedEarlier() {
        long earlier = 0;
        for (int i = 0; i < ends.length; i++) {
            earlier += Math.min(ends[i], firsts[i]);
        }
        return earlier;
    }

    /// What went wrong, or nothing.
    String complaint() {
        return complaint;
    }

    /// The result in words.
    String summary(double seconds) {
        return String.format(
                "appended %,d durable records in %.1f s: %,.0f a second%n"
                        + "round trip: median %.0f, 99 %% %.0f, 99.9 %% %.0f microseconds%n"
                        + "followed %,d (%,d of earlier runs); refused %,d, unanswered at the end %,d%n",
                appended(),
                seconds,
                appended() / seconds,
                roundTrips.quantileNanos(0.5) / 1e3,
                roundTrips.quantileNanos(0.99) / 1e3,
                roundTrips.quantileNanos(0.999) / 1e3,
                followed,
                followedEarlier(),
                refused,
                lost);
    }
}
