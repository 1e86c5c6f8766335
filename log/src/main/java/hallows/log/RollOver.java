package hallows.log;

import hallows.log.LogFileName.Kind;
import hallows.runtime.Disk;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Begins the next segment.
final class RollOver implements Chore {
    private final Disk disk;
    private final Path directory;
    private final Next next;
    private final @Nullable ByteBuffer snapshot;
    private @Nullable Segment made;
    private boolean undone = true;

    /// @param snapshot what is known of the producers at its beginning; null when nothing is new
    RollOver(Disk disk, Path directory, Next next, @Nullable ByteBuffer snapshot) {
        this.disk = disk;
        this.directory = directory;
        this.next = next;
        this.snapshot = snapshot;
    }

    /// What begins.
    ///
    /// @param base its first offset
    /// @param limits of its indexes
    /// @param mayLeaveGap whether nothing was appended since the log was opened or cut
    record Next(long base, IndexLimits limits, boolean mayLeaveGap) {}

    /// Where the new segment begins.
    long base() {
        return next.base();
    }

    /// Whether the segment before may end lower than this one begins, because the log was cut
    /// within a batch, here or on the shard that had it before. Before anything is written here the
    /// recovery point must be written down: without it recovery would take what is missing for
    /// lost, and with it all that follows.
    boolean mayLeaveGap() {
        return next.mayLeaveGap();
    }

    /// The new segment; it is there when `run` was successful.
    Segment made() {
        return Objects.requireNonNull(made, "a segment that was begun");
    }

    @Override
    public void abandon() {
        if (made != null) {
            made.close();
        }
    }

    /// Whether the producers' state was kept with it.
    boolean hasSnapshot() {
        return snapshot != null;
    }

    /// Whether a failed one has left no segment behind. If it has, the log must not go on: it would
    /// grow beyond where a segment seems to begin.
    boolean isUndone() {
        return undone;
    }

    @Override
    public Result<Result.Done> run() {
        Result<Result.Done> done =
                WholeFile.inOrder(
                        this::keepSnapshot, this::begin, () -> disk.syncDirectory(directory));
        if (done instanceof Result.Failed) {
            undone = undo() instanceof Result.Ok;
        }
        return done;
    }

    /// A snapshot stays: it is true without the segment too, and may have been there before.
    private Result<Result.Done> undo() {
        for (Kind kind : List.of(Kind.RECORDS, Kind.OFFSET_INDEX, Kind.TIME_INDEX)) {
            Path file = directory.resolve(new LogFileName(next.base(), kind).toString());
            if (WholeFile.remove(disk, file) instanceof Result.Failed<Result.Done> failed) {
                return failed;
            }
        }
        return disk.syncDirectory(directory);
    }

    private Result<Result.Done> keepSnapshot() {
        if (snapshot == null) {
            return Result.DONE;
        }
        LogFileName name = new LogFileName(next.base(), Kind.SNAPSHOT);
        return WholeFile.replace(disk, directory.resolve(name.toString()), snapshot);
    }

    private Result<Result.Done> begin() {
        return switch (Segment.create(disk, directory, next.base(), next.limits())) {
            case Result.Failed<Segment>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<Segment>(Segment segment) -> {
                made = segment;
                yield Result.DONE;
            }
        };
    }
}
