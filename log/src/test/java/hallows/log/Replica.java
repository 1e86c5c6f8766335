package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.server.common.OffsetAndEpoch;

/// Kafka's replica and ours, which are brought what a leader has written.
///
/// @param random decides
/// @param time of the replicas
/// @param pair the replicas
record Replica(Random random, HandTime time, LogPair pair) {
    private static final int ANY_EPOCH = Integer.MAX_VALUE;
    private static final int EPOCH_AT = 12;
    private static final int CHECKED = 21;

    /// Brings what the leader has and the replica has not.
    ///
    /// @param all whether it comes as far as its leader, or stops somewhere
    void follow(LogPair leader, boolean all) {
        List<ByteBuffer> missing = leader.batchesFrom(pair.ours().stagedEnd());
        int count = all ? missing.size() : random.nextInt(missing.size() + 1);
        for (ByteBuffer batch : missing.subList(0, count)) {
            time.pass(random.nextInt(20));
            assertTrue(bring(batch, 0).startsWith("staged"));
            if (random.nextInt(4) == 0) {
                pair.commit();
            }
        }
        pair.commit();
    }

    /// Takes back what its leader does not have, as replicas do that ask where their epoch ended.
    void divergeFrom(LogPair leader) throws IOException {
        int asked = pair.ours().epochs().latestEpoch();
        while (asked >= 0) {
            EpochEnd theirs = leader.ours().epochEnd(asked);
            assertEquals(leader.kafka().endOffsetForEpoch(asked), known(theirs));
            EpochEnd own = pair.ours().epochEnd(theirs.epoch());
            assertEquals(pair.kafka().endOffsetForEpoch(theirs.epoch()), known(own));
            long end = theirs.isKnown() ? theirs.endOffset() : 0;
            if (own.isKnown()) {
                end = Math.min(end, own.endOffset());
            }
            pair.truncate(Math.min(end, pair.ours().ends().written()));
            pair.compare();
            int latest = pair.ours().epochs().latestEpoch();
            asked = latest == asked || latest == theirs.epoch() ? -1 : latest;
        }
    }

    private static Optional<OffsetAndEpoch> known(EpochEnd end) {
        return end.isKnown()
                ? Optional.of(new OffsetAndEpoch(end.endOffset(), end.epoch()))
                : Optional.empty();
    }

    /// Brings the batches, most of them as they should be.
    ///
    /// Where epochs descend ours learns other ones than Kafka when it is cut, because it reads the
    /// batches again. No leader writes any: either some are of strange epochs, or some are cut off.
    void followInDisorder(List<ByteBuffer> batches) throws IOException {
        boolean cuts = random.nextBoolean();
        long shift = 0;
        for (int i = 0; i < batches.size(); i++) {
            time.pass(random.nextInt(200));
            if (random.nextInt(20) == 0) {
                shift += random.nextInt(6) == 0 ? 1L << 32 : random.nextInt(9);
            }
            mishap(batches, i, shift, cuts);
            // One in so many is missing, as where the leader has compacted.
            if (random.nextInt(15) != 0) {
                bring(batches.get(i), shift);
            }
            if (random.nextInt(12) == 0) {
                pair.commit();
                pair.agreedUpTo(random.nextLong(pair.ours().ends().written() + 1));
            }
        }
    }

    /// What may come between.
    private void mishap(List<ByteBuffer> batches, int next, long shift, boolean cuts)
            throws IOException {
        switch (random.nextInt(20)) {
            case 0 -> pair.commit();
            case 1 -> bring(batches.get(random.nextInt(batches.size())), shift);
            case 2 -> damaged(batches.get(next), shift);
            case 3 -> {
                if (cuts) {
                    cut();
                } else {
                    foreign(batches.get(next), shift);
                }
            }
            default -> {}
        }
    }

    private void cut() throws IOException {
        long end = pair.ours().stagedEnd();
        pair.truncate(Math.max(0, end - random.nextInt(20)));
        pair.compareState();
    }

    private String bring(ByteBuffer batch, long shift) {
        return say(moved(batch, shift), ANY_EPOCH);
    }

    /// A byte that the checksum stands for.
    private void damaged(ByteBuffer batch, long shift) {
        ByteBuffer copy = moved(batch, shift);
        int at = CHECKED + random.nextInt(copy.remaining() - CHECKED);
        say(copy.put(at, (byte) (copy.get(at) + 1)), ANY_EPOCH);
    }

    /// Of another leader, who may be unknown to this replica still, or none at all.
    private void foreign(ByteBuffer batch, long shift) {
        ByteBuffer copy = moved(batch, shift);
        int epoch = Math.max(-1, copy.getInt(EPOCH_AT) + random.nextInt(-2, 3));
        say(copy.putInt(EPOCH_AT, epoch), Math.max(0, epoch - random.nextInt(2)));
    }

    private static ByteBuffer moved(ByteBuffer batch, long shift) {
        ByteBuffer copy = LogHistory.copy(batch);
        return copy.putLong(0, copy.getLong(0) + shift);
    }

    private String say(ByteBuffer batch, int epoch) {
        return pair.append(MemoryRecords.readableRecords(batch), Appender.REPLICATION, epoch);
    }
}
