package hallows.log;

import hallows.log.AbortedSearch.Progress;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// A segment's aborted transactions as they were when somebody asked: to be searched on any thread.
///
/// @param file their index
/// @param base the segment's first offset
/// @param bytes how many bytes of them are in the file
/// @param youngest those that may still be on their way there; readers must not miss them
record AbortedExtent(Path file, long base, long bytes, ByteBuffer youngest) {
    private static final int WINDOW_BYTES = 128 * AbortedTransactions.ENTRY_BYTES;

    boolean isEmpty() {
        return bytes == 0 && !youngest.hasRemaining();
    }

    /// Looks through all of them, or until the search is complete. Blocks.
    Result<Progress> search(OpenFiles files, AbortedSearch search) {
        return switch (searchFile(files, search)) {
            case Result.Ok<Progress>(Progress progress) when progress == Progress.SEARCHING ->
                    new Result.Ok<>(search.search(youngest.duplicate()));
            case Result<Progress> other -> other;
        };
    }

    private Result<Progress> searchFile(OpenFiles files, AbortedSearch search) {
        if (bytes == 0) {
            return new Result.Ok<>(Progress.SEARCHING);
        }
        return switch (files.open(file)) {
            case Result.Failed<DiskFile>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<DiskFile>(DiskFile opened) -> searchFile(opened, search);
        };
    }

    private Result<Progress> searchFile(DiskFile opened, AbortedSearch search) {
        ByteBuffer window = ByteBuffer.allocate((int) Math.min(bytes, WINDOW_BYTES));
        Progress progress = Progress.SEARCHING;
        for (long at = 0; at < bytes && progress == Progress.SEARCHING; at += window.limit()) {
            window.clear().limit((int) Math.min(window.capacity(), bytes - at));
            if (opened.read(at, window) instanceof Result.Failed<Integer>(Fault fault)) {
                return new Result.Failed<>(fault);
            }
            progress = window.hasRemaining() ? Progress.CORRUPT : search.search(window.flip());
        }
        return progress == Progress.CORRUPT
                ? Result.failed(
                        Fault.Kind.IO_ERROR, file + " does not hold the transactions it had")
                : new Result.Ok<>(progress);
    }
}
