package hallows.log;

import hallows.model.BatchView;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.ByteBuffer;

/// Goes from batch to batch in a file and looks at the headers only. Blocks.
final class BatchScan {
    /// So much is read at once: what lies between two entries of an index. More than that is not
    /// looked at by most searches, and costs each of them more than all else.
    private static final int WINDOW_BYTES = 4 << 10;

    /// No client brings larger ones, unless `socket.request.max.bytes` was raised.
    private static final int BATCH_BYTES_MAX = 100 << 20;

    private final Section section;
    private final Window window;
    private final BatchView batch = new BatchView();
    private int position;
    private int length;
    private long nextOffset;

    /// The batches from `from` to `end`, for somebody who goes on from what they say, or cuts
    /// there.
    BatchScan(DiskFile records, int from, int end) {
        this(new Section(records, from, end, WINDOW_BYTES), Window.sure(room(from, end)));
    }

    private static ByteBuffer room(int from, int end) {
        return ByteBuffer.allocate(Math.clamp(end - from, BatchView.HEADER_BYTES, WINDOW_BYTES));
    }

    /// The batches of a section, looked at through this, which has room for a header at least.
    BatchScan(Section section, Window window) {
        this.section = section;
        this.position = section.from();
        this.window = window;
    }

    /// A part of a file, or all of it.
    ///
    /// @param records the file
    /// @param from where a batch begins
    /// @param end after the last one
    /// @param stepBytes so much is read at first
    record Section(DiskFile records, int from, int end, int stepBytes) {
        private Section from(int start) {
            return new Section(records, start, end, stepBytes);
        }
    }

    /// One of the same batches that begins elsewhere, through the same window.
    BatchScan from(int start) {
        return new BatchScan(section.from(start), window);
    }

    /// Whether there is a next batch; then [#batch] is it. A file that holds no batch where one
    /// should begin is a failure.
    Result<Boolean> next() {
        int stepBytes = stepBytes();
        position += length;
        length = 0;
        if (section.end() - position < BatchView.HEADER_BYTES) {
            return new Result.Ok<>(false);
        }
        if (window.shownOf(section.records(), position) < BatchView.HEADER_BYTES
                && window.show(section, position, stepBytes)
                        instanceof Result.Failed<Integer>(Fault fault)) {
            return new Result.Failed<>(fault);
        }
        long size = sizeShown();
        if (size < BatchView.HEADER_BYTES
                || size > section.end() - position
                || !follows(batch.at(window.bytes(), window.at(position)), nextOffset)) {
            return Result.failed(
                    Fault.Kind.DAMAGED,
                    "%s holds no batch at %d".formatted(section.records().path(), position));
        }
        length = (int) size;
        nextOffset = batch.nextOffset();
        return new Result.Ok<>(true);
    }

    /// After a small batch others are expected.
    private int stepBytes() {
        boolean small = length > 0 && length < WINDOW_BYTES;
        return small ? WINDOW_BYTES : section.stepBytes();
    }

    /// How long a batch says it is; 0 where the file ends before its header does.
    private long sizeShown() {
        return window.shownFrom(position) < BatchView.HEADER_BYTES
                ? 0
                : BatchView.sizeAt(window.bytes(), window.at(position));
    }

    /// Whether a header can be that of a batch, and of one behind those before it.
    private static boolean follows(BatchView batch, long nextOffset) {
        return batch.magic() == BatchView.MAGIC
                && batch.lastOffsetDelta() >= 0
                && batch.baseOffset() >= nextOffset
                && batch.nextOffset() > 0;
    }

    /// The batch that was reached last, all of it and sound.
    Result<BatchView> whole() {
        if (length > BATCH_BYTES_MAX) {
            return damaged("it is larger than any can be");
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        if (section.records().read(position, bytes)
                instanceof Result.Failed<Integer>(Fault fault)) {
            return new Result.Failed<>(fault);
        }
        BatchView whole = new BatchView().at(bytes, 0);
        return !bytes.hasRemaining() && whole.sizeBytes() == length && whole.isSound()
                ? new Result.Ok<>(whole)
                : damaged("it has not the checksum of its bytes");
    }

    /// What is said of the batch that was reached last.
    <T> Result<T> damaged(String what) {
        return Result.failed(
                Fault.Kind.DAMAGED,
                "%s: the batch at %d: %s".formatted(section.records().path(), position, what));
    }

    /// The header of the batch that was reached last.
    BatchView batch() {
        return batch;
    }

    /// Where it begins; after the last one, where that ends.
    int position() {
        return position;
    }

    /// How long it is; 0 after the last one.
    int length() {
        return length;
    }
}
