package hallows.log;

import hallows.model.BatchView;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.runtime.Written;
import java.nio.ByteBuffer;
import java.util.List;

/// Goes through a segment's file from its beginning and has each batch whole in memory. Believes
/// none that is not sound: its size, its layout, its checksum, its offsets above those before it.
/// Ends where no sound batch begins. Blocks.
///
/// A window is read at a time. It grows only for a batch that says to be longer, and not beyond
/// what the file has left; one that says to be longer than any window is looked at in pieces, and
/// has no more than its header in memory.
final class BatchReading {
    private static final int WINDOW_BYTES = 64 << 10;
    private static final int WINDOW_BYTES_MAX = 4 << 20;

    /// So often in all a place is read before what stands there is believed to be no batch. A bit
    /// that was turned on its way from the disk must not cost what was acknowledged.
    private static final int LOOKS = 3;

    /// Nothing is written again.
    static final long NOTHING = Long.MAX_VALUE;

    private final DiskFile file;
    private final IndexFormat format;
    private final int fileBytes;
    private final long againFrom;
    private final BatchView batch = new BatchView();
    private ByteBuffer window;
    private int position;
    private long nextOffset;
    private boolean wroteAgain;
    private boolean passesOld;

    /// Of a segment's records.
    ///
    /// @param format of its offset index: which offsets it may have
    /// @param fileBytes how long the file is
    /// @param againFrom batches that end at or above this offset are written again, because a flush
    ///   that failed in an earlier process may have left them in the host's cache alone, and clean
    BatchReading(DiskFile file, IndexFormat format, int fileBytes, long againFrom) {
        this.file = file;
        this.format = format;
        this.fileBytes = fileBytes;
        this.againFrom = againFrom;
        this.nextOffset = format.baseOffset();
        this.window = ByteBuffer.allocate(Math.min(fileBytes, WINDOW_BYTES));
    }

    /// Batches of older magics have no producers: who asks for no more passes over them.
    BatchReading passingOld() {
        passesOld = true;
        return this;
    }

    /// Is told of each batch.
    interface Taker {
        /// The next batch.
        ///
        /// @param position where it begins in the file
        Result<Result.Done> take(BatchView batch, int position);
    }

    /// Reads to the end, or to where there is no batch.
    Result<Result.Done> run(Taker taker) {
        int looks = 0;
        while (position < fileBytes && looks < LOOKS) {
            if (fill() instanceof Result.Failed<Result.Done> failed) {
                return failed;
            }
            switch (walk(taker)) {
                case Result.Failed<Integer>(Fault fault) -> {
                    return new Result.Failed<>(fault);
                }
                case Result.Ok<Integer>(Integer sound) -> {
                    position += sound;
                    looks = sound > 0 || grows() ? 0 : looks + 1;
                }
            }
        }
        return Result.DONE;
    }

    /// Hands out what begins the window; how many bytes it is, none when it is no sound batch.
    private Result<Integer> walk(Taker taker) {
        if (window.limit() >= BatchView.HEADER_BYTES && size() > WINDOW_BYTES_MAX) {
            return isWithinFile() && looksLikeBatch(0) ? vast(taker) : new Result.Ok<>(0);
        }
        OldBatch old = OldBatch.at(window);
        if (old != null && old.offset() >= nextOffset) {
            return old(old);
        }
        return batches(taker);
    }

    private Result<Integer> old(OldBatch old) {
        if (!passesOld) {
            return Result.failed(Fault.Kind.FORBIDDEN, old.refusal(file.path(), position));
        }
        nextOffset = old.offset() + 1;
        return new Result.Ok<>(old.bytes());
    }

    private long size() {
        return BatchView.sizeAt(window, 0);
    }

    private boolean isWithinFile() {
        return size() <= fileBytes - position;
    }

    /// A batch that is longer than any window. No marker is.
    private Result<Integer> vast(Taker taker) {
        VastBatch pieces = new VastBatch(file, position, (int) size());
        boolean fine = !batch.isControl() && fits(batch);
        Result<Boolean> sound =
                fine ? pieces.hasChecksum(batch.checksum()) : new Result.Ok<>(false);
        return switch (sound) {
            case Result.Failed<Boolean>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<Boolean>(Boolean same) when !same -> new Result.Ok<>(0);
            case Result.Ok<Boolean> _ -> {
                nextOffset = batch.nextOffset();
                Result<Result.Done> done =
                        WholeFile.inOrder(
                                () -> taker.take(batch, position),
                                () -> nextOffset > againFrom ? writeAgain(pieces) : Result.DONE);
                yield done instanceof Result.Failed<Result.Done>(Fault fault)
                        ? new Result.Failed<>(fault)
                        : new Result.Ok<>(pieces.bytes());
            }
        };
    }

    private Result<Result.Done> writeAgain(VastBatch pieces) {
        wroteAgain = true;
        return pieces.writeAgain();
    }

    /// How many bytes from the first on are sound batches.
    int soundBytes() {
        return position;
    }

    /// The offset after the last sound batch.
    long nextOffset() {
        return nextOffset;
    }

    /// Whether there is anything to flush.
    boolean wroteAgain() {
        return wroteAgain;
    }

    private Result<Result.Done> fill() {
        window.clear().limit(Math.min(window.capacity(), fileBytes - position));
        Result<Integer> read = SureRead.of(file, position, window);
        window.flip();
        return read instanceof Result.Failed<Integer>(Fault fault)
                ? new Result.Failed<>(fault)
                : Result.DONE;
    }

    /// Hands out the sound batches of the window; how many bytes they are.
    private Result<Integer> batches(Taker taker) {
        int sound = 0;
        int again = -1;
        while (isBatch(sound) && fits(batch) && batch.isSound()) {
            if (taker.take(batch, position + sound)
                    instanceof Result.Failed<Result.Done>(Fault fault)) {
                return new Result.Failed<>(fault);
            }
            nextOffset = batch.nextOffset();
            again = again < 0 && nextOffset > againFrom ? sound : again;
            sound += batch.sizeBytes();
        }
        return again < 0 ? new Result.Ok<>(sound) : writeAgain(again, sound);
    }

    /// Whether a whole batch seems to begin there.
    private boolean isBatch(int at) {
        return looksLikeBatch(at) && BatchView.sizeAt(window, at) <= window.limit() - at;
    }

    private boolean looksLikeBatch(int at) {
        return window.limit() - at >= BatchView.HEADER_BYTES
                && BatchView.sizeAt(window, at) >= BatchView.HEADER_BYTES
                && BatchView.magicAt(window, at) == BatchView.MAGIC
                && batch.at(window, at).baseOffset() >= nextOffset;
    }

    private boolean fits(BatchView next) {
        return next.lastOffsetDelta() >= 0 && format.fits(next.lastOffset());
    }

    private Result<Integer> writeAgain(int from, int sound) {
        ByteBuffer kept = window.duplicate().limit(sound).position(from);
        Written written = file.write((long) position + from, List.of(kept));
        wroteAgain = true;
        return written.fault() == null
                ? new Result.Ok<>(sound)
                : new Result.Failed<>(written.fault());
    }

    /// Makes room for a batch that is longer than the window.
    private boolean grows() {
        boolean may = looksLikeBatch(0) || OldBatch.mayBeAt(window);
        long size = may ? size() : 0;
        if (size <= window.capacity() || size > fileBytes - position || size > WINDOW_BYTES_MAX) {
            return false;
        }
        window = ByteBuffer.allocate((int) size);
        return true;
    }
}
