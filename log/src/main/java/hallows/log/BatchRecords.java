package hallows.log;

import hallows.model.BatchView;
import hallows.model.RecordWindow;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Goes through the records of a batch that lies in a log, compressed or not.
final class BatchRecords {
    /// So much of each key and value is kept to be looked at.
    private static final int KEPT_BYTES = 4 << 10;

    private static final int COMPRESSIONS = 5;
    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    private BatchRecords() {}

    /// Who looks at each record.
    interface Visitor {
        /// A record that is whole.
        void see(BatchView batch, RecordReader record);
    }

    /// Shows all records to `visitor`, up to the first that is none. What is wrong, or null.
    static @Nullable String read(BatchView batch, Unpacking unpacking, Visitor visitor) {
        if (batch.compression() >= COMPRESSIONS) {
            return "there is no compression " + batch.compression();
        }
        if (batch.count() <= 0) {
            return batch.count() < 0 ? "it says it has " + batch.count() + " records" : null;
        }
        return batch.isPlain()
                ? walk(batch, new Once(batch), visitor)
                : unpacking.read(batch, window -> walk(batch, window, visitor));
    }

    private static @Nullable String walk(BatchView batch, RecordWindow window, Visitor visitor) {
        RecordReader record = new RecordReader(window, KEPT_BYTES);
        for (int index = 0; index < batch.count(); index++) {
            if (!record.next()) {
                return "record %d: %s".formatted(index, record.wrong());
            }
            visitor.see(batch, record);
        }
        return record.isAtEnd() ? null : "bytes are left after the last record";
    }

    /// Shows the records of a plain batch where they lie.
    private static final class Once implements RecordWindow {
        private ByteBuffer rest;

        Once(BatchView batch) {
            rest = batch.bytes().duplicate().limit(batch.end()).position(batch.recordsStart());
        }

        @Override
        public ByteBuffer next() {
            ByteBuffer shown = rest;
            rest = EMPTY;
            return shown;
        }
    }
}
