package hallows.broker;

import hallows.runtime.Dice;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;

/// What one reader has seen of a partition, from its beginning on.
final class PartitionView {
    private static final int HEADER_BYTES = 61;

    private final PartitionLedger ledger;
    private final Map<Long, Long> counters = new HashMap<>();
    private final TreeMap<Integer, Long> epochs = new TreeMap<>();
    private long next;

    PartitionView(PartitionLedger ledger) {
        this.ledger = ledger;
    }

    PartitionLedger ledger() {
        return ledger;
    }

    long next() {
        return next;
    }

    /// The epoch of the record before the next one, or an earlier one, or none.
    int lastEpoch(Dice dice, boolean lies) {
        if (epochs.isEmpty() || (!lies && dice.oneIn(2))) {
            return Fetch.Position.NO_EPOCH;
        }
        int last = epochs.lastKey();
        Integer earlier = epochs.lowerKey(last);
        return lies && earlier != null ? earlier : last;
    }

    /// Where somebody who goes on from a place has other records than these, or -1.
    long forkedAt(Fetch.Position.Place place) {
        Map.Entry<Integer, Long> later = epochs.higherEntry(place.lastEpoch());
        boolean told = place.lastEpoch() >= 0 && later != null;
        return told && later.getValue() < place.offset() ? later.getValue() : -1;
    }

    /// How long the first batch is; 0 when there is no header of one.
    static int firstBytes(ByteBuffer bytes) {
        return bytes.remaining() < HEADER_BYTES ? 0 : 12 + bytes.getInt(bytes.position() + 8);
    }

    /// Reads what was brought.
    void read(ByteBuffer bytes, Fetched.Marks marks) {
        for (MutableRecordBatch batch : MemoryRecords.readableRecords(bytes).batches()) {
            if (!batch.isValid()) {
                ledger.broken("a batch at " + next + " is damaged");
                return;
            }
            read(batch, marks);
        }
    }

    private void read(MutableRecordBatch batch, Fetched.Marks marks) {
        if (batch.baseOffset() > next || batch.lastOffset() < next) {
            ledger.broken(
                    "a gap: %d to %d instead of %d"
                            .formatted(batch.baseOffset(), batch.lastOffset(), next));
        }
        if (batch.nextOffset() > marks.highWatermark()) {
            ledger.broken(
                    "readers see %d beyond the high watermark %d"
                            .formatted(batch.lastOffset(), marks.highWatermark()));
        }
        epochs.putIfAbsent(batch.partitionLeaderEpoch(), batch.baseOffset());
        for (Record each : batch) {
            if (each.offset() >= next) {
                read(each.offset(), each.value().getLong(0));
            }
        }
        next = Math.max(next, batch.nextOffset());
    }

    private void read(long offset, long number) {
        ledger.seen(offset, number);
        long producer = PartitionLedger.producerOf(number);
        long counter = PartitionLedger.counterOf(number);
        Long before = counters.put(producer, counter);
        long least = before == null ? 0 : before + 1;
        if (counter < least || (counter > least && ledger.isOrderly(producer))) {
            ledger.broken(
                    "%s at %d comes after record %s"
                            .formatted(PartitionLedger.name(number), offset, before));
        }
    }
}
