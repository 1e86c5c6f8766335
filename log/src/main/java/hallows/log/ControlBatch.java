package hallows.log;

import hallows.model.BatchView;
import java.nio.ByteBuffer;

/// What a producer's control batch holds.
sealed interface ControlBatch permits EndMarker, ControlBatch.Swept, ControlBatch.Malformed {
    /// Nothing: compaction has removed the whole transaction and left the batch as a witness of its
    /// offsets.
    record Swept() implements ControlBatch {}

    /// Something else than an end marker.
    ///
    /// @param why for people
    record Malformed(String why) implements ControlBatch {}

    /// Reads the first record, whatever the bytes are. Markers are never compressed; one that is,
    /// is not read.
    static ControlBatch read(BatchView batch) {
        if (batch.count() == 0) {
            return new Swept();
        }
        if (batch.count() < 0 || !batch.isPlain()) {
            return new Malformed("no marker can be read from it");
        }
        return new MarkerReader(batch).read();
    }

    /// Walks the one record; whatever is wrong shows as a length that does not fit.
    final class MarkerReader {
        private static final int ABORT = 0;
        private static final int COMMIT = 1;
        private static final int KEY_BYTES = 4;
        private static final int VALUE_BYTES = 6;

        private final BatchView batch;
        private final Varints in;

        private MarkerReader(BatchView batch) {
            this.batch = batch;
            in = new Varints(batch.bytes(), batch.recordsStart(), batch.end());
        }

        private ControlBatch read() {
            long sizeBytes = in.signed();
            if (sizeBytes < 0 || sizeBytes > in.remaining()) {
                return new Malformed("its record is cut off");
            }
            in.skip(1);
            long timestampDelta = in.signed();
            in.signed();
            int key = in.span(in.signed(), KEY_BYTES);
            int value = in.span(in.signed(), VALUE_BYTES);
            if (in.isBroken()) {
                return new Malformed("its key or its value is too short");
            }
            long timestamp =
                    batch.hasLogAppendTime()
                            ? batch.maxTimestamp()
                            : batch.baseTimestamp() + timestampDelta;
            return marker(key, value, timestamp);
        }

        private ControlBatch marker(int key, int value, long timestamp) {
            ByteBuffer bytes = batch.bytes();
            // Later versions add to the end; their beginning can be read as this one's.
            if (bytes.getShort(key) < 0 || bytes.getShort(value) < 0) {
                return new Malformed("its version is below 0");
            }
            int type = bytes.getShort(key + Short.BYTES);
            if (type != ABORT && type != COMMIT) {
                return new Malformed("its type " + type + " ends no transaction");
            }
            int coordinatorEpoch = bytes.getInt(value + Short.BYTES);
            return new EndMarker(type == ABORT, coordinatorEpoch, timestamp);
        }
    }
}
