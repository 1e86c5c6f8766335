package hallows.log;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Random;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.storage.internals.log.ProducerStateEntry;
import org.jspecify.annotations.Nullable;

/// A producer of a history and its coordinator, who now and then do what they must not.
final class HistoryProducer {
    /// One more than a log knows.
    private static final int REMEMBERED = 6;

    private final Random random;
    private final long id;
    private final boolean transactional;
    private final ArrayDeque<ByteBuffer> earlier = new ArrayDeque<>();
    private short epoch;
    private int sequence;
    private int coordinatorEpoch;
    private boolean open;
    private boolean obedient;

    HistoryProducer(Random random, long id) {
        this.random = random;
        this.id = id;
        this.transactional = id % 2 == 0;
        // Where nothing is known of a producer it may begin anywhere: near the ends, too.
        this.epoch = random.nextInt(6) == 0 ? (short) (Short.MAX_VALUE - 2) : 0;
        this.sequence = random.nextInt(4) == 0 ? Integer.MAX_VALUE - random.nextInt(20) : 0;
    }

    long id() {
        return id;
    }

    /// Who has written a batch.
    record Signature(long id, short epoch, int sequence, boolean transactional) {
        static final Signature NOBODY =
                new Signature(
                        RecordBatch.NO_PRODUCER_ID,
                        RecordBatch.NO_PRODUCER_EPOCH,
                        RecordBatch.NO_SEQUENCE,
                        false);
    }

    /// What a marker says.
    ///
    /// @param version the rules it was written by
    record Marker(int version, short epoch, int coordinatorEpoch, ControlRecordType type) {}

    /// From here on its epoch stays, and its transactions end when they are open, by the old rules.
    void obey() {
        obedient = true;
        epoch = 0;
        sequence = 0;
    }

    /// Of its next batch.
    Signature next() {
        boolean flipped = !obedient && random.nextInt(40) == 0;
        return switch (random.nextInt(obedient ? 2 : 0, 40)) {
            case 0 -> new Signature(id, above(epoch), random.nextInt(4) / 3, transactional);
            case 1 -> new Signature(id, below(epoch), sequence, transactional);
            case 2, 3, 4 -> new Signature(id, epoch, near(sequence), transactional);
            default -> new Signature(id, epoch, sequence, transactional ^ flipped);
        };
    }

    /// A batch was taken in.
    ///
    /// @param sent its bytes
    void staged(Signature signature, ByteBuffer sent) {
        int records = ProducerBatches.view(sent).count();
        epoch = signature.epoch;
        sequence = DefaultRecordBatch.incrementSequence(signature.sequence, records);
        open |= signature.transactional;
        earlier.addLast(sent);
        if (earlier.size() > REMEMBERED) {
            earlier.removeFirst();
        }
    }

    /// One of the last batches that were taken in, as it was sent; null when there is none.
    @Nullable ByteBuffer earlier() {
        return earlier.stream()
                .skip(earlier.isEmpty() ? 0 : random.nextInt(earlier.size()))
                .findFirst()
                .map(LogHistory::copy)
                .orElse(null);
    }

    /// It goes on from what a log knows of it.
    void resume(@Nullable ProducerStateEntry known) {
        earlier.clear();
        epoch = known == null ? 0 : known.producerEpoch();
        sequence =
                known == null
                        ? 0
                        : known.batchMetadata().stream()
                                .reduce((_, last) -> last)
                                .map(last ->
                                        DefaultRecordBatch.incrementSequence(last.lastSeq(), 1))
                                .orElse(0);
        coordinatorEpoch = known == null ? 0 : Math.max(0, known.coordinatorEpoch());
        open = known != null && known.currentTxnFirstOffset().isPresent();
    }

    /// The end of its transaction, if it has one; somebody may be wrong about that.
    boolean mayEnd() {
        return open || (!obedient && random.nextInt(5) == 0);
    }

    Marker marker() {
        ControlRecordType type =
                random.nextBoolean() ? ControlRecordType.ABORT : ControlRecordType.COMMIT;
        return obedient ? new Marker(1, epoch, coordinatorEpoch, type) : anyMarker(type);
    }

    private Marker anyMarker(ControlRecordType type) {
        int version = random.nextInt(3);
        short usual = version == Appender.EPOCH_PER_MARKER ? above(epoch) : epoch;
        int coordinator =
                switch (random.nextInt(12)) {
                    case 0 -> Math.max(0, coordinatorEpoch - 1);
                    case 1 -> coordinatorEpoch + 1;
                    default -> coordinatorEpoch;
                };
        short its =
                switch (random.nextInt(12)) {
                    case 0 -> epoch;
                    case 1 -> below(epoch);
                    case 2 -> above(epoch);
                    default -> usual;
                };
        return new Marker(version, its, coordinator, type);
    }

    MemoryRecords records(Marker marker, long millis) {
        return MemoryRecords.withEndTransactionMarker(
                0,
                millis,
                RecordBatch.NO_PARTITION_LEADER_EPOCH,
                id,
                marker.epoch,
                new EndTransactionMarker(marker.type, marker.coordinatorEpoch));
    }

    void staged(Marker marker) {
        sequence = marker.epoch > epoch ? 0 : sequence;
        epoch = marker.epoch;
        coordinatorEpoch = marker.coordinatorEpoch;
        open = false;
    }

    private int near(int expected) {
        return Math.max(0, expected + random.nextInt(7) - 4);
    }

    private static short above(short epoch) {
        return (short) Math.min(Short.MAX_VALUE, epoch + 1);
    }

    private static short below(short epoch) {
        return (short) Math.max(0, epoch - 1);
    }
}
