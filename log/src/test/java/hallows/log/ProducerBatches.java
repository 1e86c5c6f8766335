package hallows.log;

import hallows.model.BatchView;
import java.nio.ByteBuffer;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecords;

/// Batches as producers and coordinators make them. Data batches are headers without records:
/// nobody here looks at these.
final class ProducerBatches {
    private static final int TRANSACTIONAL = 0x10;
    private static final int CONTROL = 0x20;
    private static final int MARKER_TYPE = 68;

    private ProducerBatches() {}

    /// A producer's batch of `count` records.
    record Data(
            long producerId,
            int epoch,
            int sequence,
            int count,
            boolean transactional,
            long timestamp) {
        ByteBuffer at(long offset) {
            return header(this, offset, transactional ? TRANSACTIONAL : 0);
        }

        BatchView view() {
            return ProducerBatches.view(at(0));
        }
    }

    /// A coordinator's marker.
    record Marker(
            long producerId, int epoch, int coordinatorEpoch, boolean aborts, long timestamp) {
        ByteBuffer at(long offset) {
            EndTransactionMarker marker =
                    new EndTransactionMarker(
                            aborts ? ControlRecordType.ABORT : ControlRecordType.COMMIT,
                            coordinatorEpoch);
            return MemoryRecords.withEndTransactionMarker(
                            offset, timestamp, 0, producerId, (short) epoch, marker)
                    .buffer();
        }

        BatchView view() {
            return ProducerBatches.view(at(0));
        }
    }

    /// A marker whose transaction compaction has removed.
    static ByteBuffer swept(long producerId, int epoch, long offset) {
        Data one = new Data(producerId, epoch, BatchView.NO_SEQUENCE, 1, true, -1);
        return header(one, offset, TRANSACTIONAL | CONTROL).putInt(57, 0);
    }

    /// A control batch whose record is of a type that ends no transaction.
    static ByteBuffer malformed(Marker marker, long offset) {
        return marker.at(offset).putShort(MARKER_TYPE, (short) 7);
    }

    static BatchView view(ByteBuffer batch) {
        return new BatchView().at(batch, batch.position());
    }

    private static ByteBuffer header(Data data, long offset, int attributes) {
        ByteBuffer batch = ByteBuffer.allocate(BatchView.HEADER_BYTES);
        batch.putLong(offset).putInt(BatchView.HEADER_BYTES - BatchView.PREFIX_BYTES).putInt(0);
        batch.put(BatchView.MAGIC).putInt(0).putShort((short) attributes);
        batch.putInt(data.count - 1).putLong(data.timestamp).putLong(data.timestamp);
        batch.putLong(data.producerId).putShort((short) data.epoch).putInt(data.sequence);
        return batch.putInt(data.count).flip();
    }
}
