package hallows.log;

import hallows.model.BatchView;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Goes from batch to batch in a file that may hold anything, and brings each whole batch into
/// memory. Where [BatchScan] trusts its file, this one says what it met instead. Blocks.
final class BatchReader {
    /// No client brings larger ones, unless `socket.request.max.bytes` was raised.
    static final int BATCH_BYTES_MAX = 100 << 20;

    private static final int WINDOW_BYTES = 64 << 10;

    /// A search for the next sound batch reads no more than this of what turns out to be none.
    private static final long SEARCH_BYTES_MAX = 1L << 30;

    private final DiskFile file;
    private final long end;
    private final BatchView batch = new BatchView();
    private ByteBuffer window;
    private long windowAt;
    private long position;
    private long length;

    /// Reads `file`, which had `end` bytes when somebody looked.
    BatchReader(DiskFile file, long end) {
        this.file = file;
        this.end = end;
        this.window =
                ByteBuffer.allocate(Math.clamp(end, BatchView.HEADER_BYTES, WINDOW_BYTES)).limit(0);
    }

    /// What is met at a place.
    sealed interface Met {
        /// A batch, to be seen through [#batch].
        record Batch() implements Met {}

        /// A batch of a layout before magic 2.
        ///
        /// @param magic which
        /// @param offset of its last record
        record Old(byte magic, long offset) implements Met {}

        /// A batch that is too large to be looked at.
        ///
        /// @param offset of its first record
        record Vast(long offset) implements Met {}

        /// No batch; where the next one begins is not known.
        ///
        /// @param why what is there
        record Broken(String why) implements Met {}

        /// The end of the file.
        record End() implements Met {}

        /// The disk did not answer.
        ///
        /// @param fault what it said
        record Failed(Fault fault) implements Met {}
    }

    /// Where the batch begins that was met last.
    long position() {
        return position;
    }

    /// How long it is; 0 when it is none.
    long length() {
        return length;
    }

    BatchView batch() {
        return batch;
    }

    /// Moves on to the next batch.
    Met next() {
        position += length;
        length = 0;
        if (position >= end) {
            return new Met.End();
        }
        Met missing = bring(BatchView.MAGIC_END_BYTES);
        return missing == null ? framed() : missing;
    }

    private Met framed() {
        long size = BatchView.sizeAt(window, at());
        byte magic = BatchView.magicAt(window, at());
        long offset = window.getLong(at());
        if (magic < 0 || magic > BatchView.MAGIC || size < smallest(magic)) {
            return new Met.Broken(
                    "no batch begins here: its size would be %d, its magic %d"
                            .formatted(size, magic));
        }
        if (size > end - position) {
            return new Met.Broken(
                    "a batch at offset %d says it has %d bytes, and %d are there"
                            .formatted(offset, size, end - position));
        }
        if (magic < BatchView.MAGIC || size > BATCH_BYTES_MAX) {
            length = size;
            return magic < BatchView.MAGIC ? new Met.Old(magic, offset) : new Met.Vast(offset);
        }
        Met missing = bring((int) size);
        if (missing != null) {
            return missing;
        }
        length = size;
        batch.at(window, at());
        return new Met.Batch();
    }

    private static int smallest(byte magic) {
        return magic == BatchView.MAGIC ? BatchView.HEADER_BYTES : BatchView.SMALLEST_BYTES;
    }

    /// Goes on at the next sound batch behind this place whose first offset is at least `offset`.
    /// False when there is none; then this place is the end.
    boolean seek(long offset) {
        long budget = SEARCH_BYTES_MAX;
        while (++position <= end - BatchView.HEADER_BYTES
                && budget > 0
                && bring(BatchView.HEADER_BYTES) == null) {
            if (isLikely(offset)) {
                int size = (int) BatchView.sizeAt(window, at());
                budget -= size;
                if (bring(size) == null && batch.at(window, at()).isSound()) {
                    length = 0;
                    return true;
                }
            }
        }
        position = end;
        length = 0;
        return false;
    }

    private boolean isLikely(long offset) {
        batch.at(window, at());
        long size = BatchView.sizeAt(window, at());
        return batch.magic() == BatchView.MAGIC
                && size >= BatchView.HEADER_BYTES
                && size <= Math.min(end - position, BATCH_BYTES_MAX)
                && batch.baseOffset() >= offset
                && batch.lastOffsetDelta() >= 0
                && batch.count() >= 0;
    }

    private int at() {
        return (int) (position - windowAt);
    }

    /// Makes the window hold so many bytes from here on; null when it does.
    private @Nullable Met bring(int bytes) {
        if (position >= windowAt && position + bytes <= windowAt + window.limit()) {
            return null;
        }
        if (bytes > window.capacity()) {
            window = ByteBuffer.allocate(bytes);
        }
        windowAt = position;
        window.clear().limit((int) Math.min(window.capacity(), Math.max(0, end - position)));
        Result<Integer> read = file.read(position, window);
        window.flip();
        if (read instanceof Result.Failed<Integer>(Fault fault)) {
            return new Met.Failed(fault);
        }
        return window.limit() >= bytes
                ? null
                : new Met.Broken("only %d bytes are there".formatted(window.limit()));
    }
}
