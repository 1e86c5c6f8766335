package hallows.log;

import hallows.runtime.Disk;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Begins the next segment.
final class RollOver implements Chore {
    private final Disk disk;
    private final Path directory;
    private final Next next;
    private final @Nullable ByteBuffer snapshot;
    private @Nullable Segment made;

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
    record Next(long base, IndexLimits limits) {}

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

    @Override
    public Result<Result.Done> run() {
        return WholeFile.inOrder(
                this::keepSnapshot, this::begin, () -> disk.syncDirectory(directory));
    }

    private Result<Result.Done> keepSnapshot() {
        if (snapshot == null) {
            return Result.DONE;
        }
        LogFileName name = new LogFileName(next.base(), LogFileName.Kind.SNAPSHOT);
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
