package hallows.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;

/// What one reader has seen of a partition, from its beginning on.
final class PartitionSight {
    private final PartitionFacts facts;
    private final Map<Long, Long> heard = new HashMap<>();
    private long next;

    PartitionSight(PartitionFacts facts) {
        this.facts = facts;
    }

    PartitionFacts facts() {
        return facts;
    }

    /// The first offset that it has not seen.
    long next() {
        return next;
    }

    /// What was read from an offset on, which is perhaps seen already.
    void read(long offset, PartitionData told) {
        long expected = offset;
        for (RecordBatch batch : ((MemoryRecords) told.records()).batches()) {
            if (!batch.isValid()) {
                facts.complain("the batch at %d is damaged".formatted(expected));
                return;
            }
            if (batch.baseOffset() > expected || batch.lastOffset() < expected) {
                facts.complain("a gap: batch %s instead of %d".formatted(batch, expected));
            }
            batch.forEach(this::see);
            expected = batch.nextOffset();
        }
        if (expected > told.highWatermark() && expected > offset) {
            facts.complain(
                    "%d is beyond the high watermark %d".formatted(expected, told.highWatermark()));
        }
    }

    private void see(Record each) {
        PartitionFacts.Piece piece = PartitionFacts.Piece.of(each.value());
        facts.know(each.offset(), piece);
        if (each.offset() == next) {
            hear(piece);
            next++;
        }
    }

    private void hear(PartitionFacts.Piece piece) {
        long before = heard.getOrDefault(piece.voice(), -1L);
        heard.put(piece.voice(), piece.number());
        boolean follows =
                piece.isOrderly() ? piece.number() == before + 1 : piece.number() > before;
        if (!follows) {
            facts.complain("%s at %d comes after number %d".formatted(piece, next, before));
        }
    }
}
