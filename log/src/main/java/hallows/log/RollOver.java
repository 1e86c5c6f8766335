package hallows.log;

import hallows.runtime.Disk;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ends one segment and begins the next.
final class RollOver implements Chore {
    private final Disk disk;
    private final Path directory;
    private final Ending ending;
    private final Next next;
    private @Nullable Segment made;

    RollOver(Disk disk, Path directory, Ending ending, Next next) {
        this.disk = disk;
        this.directory = directory;
        this.ending = ending;
        this.next = next;
    }

    /// What is left to do for the segment that ends.
    ///
    /// @param segment which one
    /// @param tails what its indexes' files lack
    /// @param snapshot what is known of the producers at its end; null when nothing is new
    record Ending(Segment segment, List<TailWrite> tails, @Nullable ByteBuffer snapshot) {}

    /// What begins.
    ///
    /// @param base its first offset
    /// @param limits of its indexes
    record Next(long base, IndexLimits limits) {}

    Ending ending() {
        return ending;
    }

    /// The new segment, once it is there.
    @Nullable Segment made() {
        return made;
    }

    @Override
    public Result<Result.Done> run() {
        return WholeFile.inOrder(
                () -> ending.segment().writeIndexes(disk, ending.tails()),
                this::keepSnapshot,
                this::begin,
                () -> disk.syncDirectory(directory));
    }

    private Result<Result.Done> keepSnapshot() {
        if (ending.snapshot() == null) {
            return Result.DONE;
        }
        LogFileName name = new LogFileName(next.base(), LogFileName.Kind.SNAPSHOT);
        return WholeFile.replace(disk, directory.resolve(name.toString()), ending.snapshot());
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
