package hallows.miniature;

import hallows.model.PartitionId;
import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.runtime.Written;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// The file of one partition, and where each of its records begins.
final class LogFile {
    private static final int RECOVERY_BYTES = 2 * Wire.FRAME_BYTES_MAX;

    /// So often in all a place is read before what stands there is cut off as torn.
    private static final int LOOKS = 3;

    private final DiskFile file;

    /// Where each record begins, and after the last one where the next will.
    private long[] positions = new long[1024];

    private int records;

    private LogFile(DiskFile file) {
        this.file = file;
    }

    /// Opens and recovers: what follows the last sound record is cut off, and what is left is
    /// durable before anybody sees it. On a blocking thread.
    static Result<LogFile> open(Disk disk, Store store, PartitionId id) {
        Path directory = store.directory();
        Path path = path(directory, id);
        if (disk.createDirectories(directory) instanceof Result.Failed<Result.Done>(Fault fault)) {
            return new Result.Failed<>(fault);
        }
        return switch (disk.open(path, Disk.OpenMode.READ_WRITE)) {
            case Result.Failed<DiskFile>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<DiskFile>(DiskFile opened) -> recovered(disk, store, opened);
        };
    }

    private static Result<LogFile> recovered(Disk disk, Store store, DiskFile opened) {
        LogFile log = new LogFile(opened);
        Result<Result.Done> done = log.recover(store.cuts());
        if (done instanceof Result.Ok<Result.Done>) {
            done = sync(disk, store.directory());
        }
        if (done instanceof Result.Failed<Result.Done>(Fault fault)) {
            opened.close();
            return new Result.Failed<>(fault);
        }
        return new Result.Ok<>(log);
    }

    /// The file must be found again, and so must every directory that may just have been made.
    private static Result<Result.Done> sync(Disk disk, Path directory) {
        Path synced = directory;
        Result<Result.Done> done = disk.syncDirectory(synced);
        while (done instanceof Result.Ok<Result.Done> && synced.getParent() != null) {
            synced = synced.getParent();
            done = disk.syncDirectory(synced);
            if (done instanceof Result.Failed<Result.Done>(Fault fault)
                    && fault.kind() == Fault.Kind.FORBIDDEN) {
                // Whoever may not read it has not made it.
                done = Result.DONE;
            }
        }
        return done;
    }

    /// Where the file of a partition is.
    static Path path(Path directory, PartitionId id) {
        return directory.resolve(
                "%016x%016x-%d.log".formatted(id.topic().high(), id.topic().low(), id.partition()));
    }

    /// What is read here may be in the host's cache only, and clean there: a flush that failed, in
    /// a process that has died since, marks bytes clean that never reached the disk, and the next
    /// flush passes over them. So what is kept is written again before it is flushed.
    private Result<Result.Done> recover(Store.Cuts cuts) {
        if (!(file.size() instanceof Result.Ok<Long>(Long size))) {
            return Result.failed(Fault.Kind.IO_ERROR, "cannot tell the size of " + file.path());
        }
        ByteBuffer window = ByteBuffer.allocate((int) Math.min(size, RECOVERY_BYTES));
        long position = 0;
        while (true) {
            Result<Integer> read = file.read(position, window.clear());
            if (read instanceof Result.Failed<Integer>(Fault fault)) {
                return new Result.Failed<>(fault);
            }
            long sound = scan(window.flip());
            if (sound == 0) {
                if (!staysSo(position, window)) {
                    return readsDiffer(position);
                }
                if (position < size) {
                    cuts.cut(file.path(), position, size - position);
                }
                return cut(position);
            }
            Written again = file.write(position, List.of(window.flip()));
            if (again.fault() != null) {
                return new Result.Failed<>(again.fault());
            }
            position += sound;
        }
    }

    /// Whether the bytes that are no record are the same at every look. A bit that was turned on
    /// its way from the disk must not cost what was acknowledged; one that is wrong on the disk
    /// itself cannot be told from a torn write.
    private boolean staysSo(long position, ByteBuffer seen) {
        ByteBuffer again = ByteBuffer.allocate(seen.limit());
        for (int look = 1; look < LOOKS && seen.hasRemaining(); look++) {
            if (!(file.read(position, again.clear()) instanceof Result.Ok<Integer>)
                    || !again.flip().equals(seen)) {
                return false;
            }
        }
        return true;
    }

    private Result<Result.Done> readsDiffer(long position) {
        return Result.failed(
                Fault.Kind.IO_ERROR, file.path() + " reads differently each time at " + position);
    }

    /// Takes in the sound records of a window; how many bytes they are.
    private long scan(ByteBuffer window) {
        int length = LogRecord.length(window, records);
        while (length > 0) {
            appended(length);
            window.position(window.position() + length);
            length = LogRecord.length(window, records);
        }
        return window.position();
    }

    /// Writes at the end; the log has grown only when `appended` says so.
    Written append(List<ByteBuffer> buffers) {
        return file.write(positions[records], buffers);
    }

    /// One record more, of so many bytes.
    void appended(int bytes) {
        if (records + 2 > positions.length) {
            positions = Arrays.copyOf(positions, positions.length * 2);
        }
        positions[records + 1] = positions[records] + bytes;
        records++;
    }

    /// Cuts the file, for good. On a blocking thread, which knows nothing of where the log ends
    /// now.
    Result<Result.Done> cut(long bytes) {
        Result<Result.Done> done = file.truncate(bytes);
        return done instanceof Result.Ok<Result.Done> ? file.flush() : done;
    }

    /// Makes durable what was written before. On a blocking thread.
    Result<Result.Done> flush() {
        return file.flush();
    }

    /// The offset of the next record.
    long end() {
        return records;
    }

    /// Where a record begins.
    long position(long offset) {
        return positions[(int) offset];
    }

    /// The offset after the last record that fits into so many bytes from `from` on; at least one
    /// fits.
    long lastWithin(long from, long end, int bytesMax) {
        long limit = position(from) + bytesMax;
        int found = Arrays.binarySearch(positions, (int) from + 1, (int) end + 1, limit);
        int last = found >= 0 ? found : -found - 2;
        return Math.max(from + 1, last);
    }

    DiskFile file() {
        return file;
    }

    void close() {
        file.close();
    }
}
