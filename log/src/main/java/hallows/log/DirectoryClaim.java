package hallows.log;

import hallows.runtime.Disk;
import hallows.runtime.DiskSync;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// What is open of a log directory before anything is written into it.
///
/// The host tells of bytes that were lost once to each of its file system's descriptors that was
/// there before. So each shard that flushes the file system as a whole has one of its own: with one
/// for all, a shard would take for durable what another was told to be lost.
///
/// @param lock keeps other processes away
/// @param whole the file system, for the start and the stop; null where there is none to have
/// @param forShards the same again, one for each shard
record DirectoryClaim(AutoCloseable lock, @Nullable DiskSync whole, Queue<DiskSync> forShards) {
    /// Lays claim to a directory. Blocks.
    ///
    /// @param flushers how many shards may flush the file system as a whole; 0 where nobody shall
    static Result<DirectoryClaim> of(Disk disk, Path path, int flushers) {
        return switch (LogDirectory.lock(disk, path)) {
            case Result.Failed<AutoCloseable>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<AutoCloseable>(AutoCloseable lock) -> {
                Queue<DiskSync> wholes = new ConcurrentLinkedQueue<>();
                for (int i = 0; flushers > 0 && i <= flushers; i++) {
                    if (disk.wholeOf(path) instanceof Result.Ok<DiskSync>(DiskSync whole)) {
                        wholes.add(whole);
                    }
                }
                yield new Result.Ok<>(new DirectoryClaim(lock, wholes.poll(), wholes));
            }
        };
    }

    /// Gives it up.
    void close() {
        forShards.forEach(DiskSync::close);
        if (whole != null) {
            whole.close();
        }
        try {
            lock.close();
        } catch (Exception e) {
            // It ends with the process.
        }
    }
}
