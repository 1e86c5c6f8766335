package hallows.log;

import hallows.log.ProducerBatches.Data;
import hallows.log.ProducerBatches.Marker;
import hallows.log.ProducerHistory.Piece;
import hallows.log.ProducerHistory.Sequence;
import hallows.model.BatchView;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.storage.internals.log.BatchMetadata;
import org.apache.kafka.storage.internals.log.ProducerStateEntry;
import org.apache.kafka.storage.internals.log.ProducerStateManager;
import org.jspecify.annotations.Nullable;

/// Makes the batches of one append, so that most follow from what their producers wrote before and
/// some do not.
final class WrittenBatches {
    private static final long FIRST_PRODUCER = 1000;

    private final ProducerStateManager manager;
    private final Origin origin;
    private final long now;
    private final List<ByteBuffer> batches = new ArrayList<>();
    private long end;

    WrittenBatches(ProducerStateManager manager, Origin origin, Place place) {
        this.manager = manager;
        this.origin = origin;
        this.end = place.offset;
        this.now = place.millis;
    }

    /// Where and when.
    record Place(long offset, long millis) {}

    static long producerId(int producer) {
        return FIRST_PRODUCER + producer;
    }

    List<ByteBuffer> of(List<Piece> pieces) {
        for (Piece piece : pieces) {
            ByteBuffer batch = batch(piece, pieces.size() == 1);
            batches.add(batch);
            end = ProducerBatches.view(batch).nextOffset();
        }
        return batches;
    }

    private ByteBuffer batch(Piece piece, boolean alone) {
        long id = producerId(piece.producer());
        ProducerStateEntry entry = manager.lastEntry(id).orElse(null);
        BatchView before = written(id);
        int last =
                before != null ? before.producerEpoch() : entry == null ? 0 : entry.producerEpoch();
        // A leader lets no epoch go back, so that a follower never gets that in one piece.
        int epoch = Math.max(0, last + Math.max(piece.epochStep(), alone ? -1 : 0));
        int coordinator = entry == null ? 0 : Math.max(0, entry.coordinatorEpoch());
        Marker marker =
                new Marker(
                        id,
                        epoch,
                        Math.max(0, coordinator + piece.coordinatorStep()),
                        piece.kind() == ProducerHistory.Kind.ABORT,
                        now);
        return switch (piece.kind()) {
            case COMMIT, ABORT -> marker.at(end);
            case SWEPT -> ProducerBatches.swept(id, epoch, end);
            case MALFORMED -> ProducerBatches.malformed(marker, end);
            case NOBODY -> new Data(-1, -1, -1, piece.count(), false, now).at(end);
            case DATA -> data(piece, epoch, next(entry, before, epoch)).at(end);
            case AGAIN -> again(piece, entry, epoch).at(end);
        };
    }

    private Data data(Piece piece, int epoch, int next) {
        long id = producerId(piece.producer());
        boolean ongoing =
                manager.lastEntry(id)
                        .filter(e -> e.currentTxnFirstOffset().isPresent())
                        .isPresent();
        boolean transactional = (ongoing || piece.transactional()) && piece.coordinatorStep() < 1;
        int sequence = origin == Origin.COORDINATOR ? -1 : first(piece.sequence(), next);
        return new Data(id, epoch, sequence, piece.count(), transactional, now);
    }

    private static int first(Sequence sequence, int next) {
        return switch (sequence) {
            case NEXT -> next;
            case ZERO -> 0;
            case GAP -> next + 2;
            case NEAR_END -> Integer.MAX_VALUE - 2;
        };
    }

    private Data again(Piece piece, @Nullable ProducerStateEntry entry, int epoch) {
        if (entry == null || entry.batchMetadata().isEmpty() || entry.producerEpoch() < epoch) {
            return data(piece, epoch, 0);
        }
        List<BatchMetadata> kept = List.copyOf(entry.batchMetadata());
        BatchMetadata chosen = kept.get(piece.count() % kept.size());
        return new Data(
                entry.producerId(),
                entry.producerEpoch(),
                chosen.firstSeq(),
                chosen.offsetDelta() + 1,
                piece.transactional(),
                now);
    }

    private static int next(
            @Nullable ProducerStateEntry entry, @Nullable BatchView before, int epoch) {
        if (before != null && before.producerEpoch() == epoch && !before.isControl()) {
            return before.lastSequence() == Integer.MAX_VALUE ? 0 : before.lastSequence() + 1;
        }
        if (entry == null || entry.producerEpoch() != epoch || entry.batchMetadata().isEmpty()) {
            return 0;
        }
        int last = List.copyOf(entry.batchMetadata()).getLast().lastSeq();
        return last == Integer.MAX_VALUE ? 0 : last + 1;
    }

    private @Nullable BatchView written(long id) {
        return batches.reversed().stream()
                .map(ProducerBatches::view)
                .filter(batch -> batch.producerId() == id)
                .findFirst()
                .orElse(null);
    }
}
