package hallows.log;

import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.Result;
import hallows.runtime.Written;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A log at its smallest, for what is to be proven of its flush rounds: one file that the shard
/// writes, one that lags behind and is written in the round, as indexes are, and what it was told.
final class FlushedLog implements Upkeep.Kept {
    final Durability durability;
    private final DiskFile file;
    private final DiskFile lagging;
    private final Map<Path, Long> durable;
    private final Bug bug;
    private long written;
    private long caughtUp;
    private long told;

    /// What may be wrong with it.
    enum Bug {
        NONE,
        /// Takes what was written during the round for durable as well.
        HASTY,
        /// Its rounds take a failed flush of the whole for a good one.
        DEAF
    }

    /// A log in two new files, which are durable and empty.
    ///
    /// @param watch sees their flushes
    /// @param durable where it writes down what it was told, by file
    FlushedLog(Disk disk, Path path, FlushWatch watch, Map<Path, Long> durable, Bug bug) {
        Path behind = path.resolveSibling(path.getFileName() + ".index");
        this.file = watch.on(disk.open(path, Disk.OpenMode.CREATE).orThrow());
        this.lagging = watch.on(disk.open(behind, Disk.OpenMode.CREATE).orThrow());
        this.durable = durable;
        this.bug = bug;
        // Every third one as Kafka has it.
        this.durability = path.toString().endsWith("2") ? Durability.PAGE_CACHE : Durability.FSYNC;
    }

    /// What stands at each position of both files.
    static byte at(long position) {
        return (byte) (position * 31 + position / 251);
    }

    private static ByteBuffer bytes(long from, long to) {
        byte[] bytes = new byte[(int) (to - from)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = at(from + i);
        }
        return ByteBuffer.wrap(bytes);
    }

    /// Writes so many bytes more.
    void append(int bytes) {
        Written outcome = file.write(written, List.of(bytes(written, written + bytes)));
        written += outcome.bytes();
    }

    long written() {
        return written;
    }

    /// Up to where it knows to be durable.
    long told() {
        return told;
    }

    @Override
    public Upkeep upkeep() {
        long from = caughtUp;
        long to = written;
        return new Upkeep(to, () -> catchUp(from, to), List.of(file, lagging));
    }

    private Result<Result.Done> catchUp(long from, long to) {
        Written outcome = lagging.write(from, List.of(bytes(from, to)));
        return outcome.fault() == null ? Result.DONE : new Result.Failed<>(outcome.fault());
    }

    @Override
    public void keptUp(Upkeep upkeep, Result<Result.Done> result) {
        if (result instanceof Result.Ok) {
            caughtUp = upkeep.end();
            told = bug == Bug.HASTY ? written : upkeep.end();
            durable.put(file.path(), told);
            durable.put(lagging.path(), told);
        }
    }
}
