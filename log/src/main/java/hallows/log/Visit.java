package hallows.log;

import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.file.Path;
import java.util.function.Function;

/// Opens a file, does something with it and closes it, whatever comes of it. Blocks.
final class Visit {
    private Visit() {}

    static <T> Result<T> to(
            Disk disk, Path file, Disk.OpenMode mode, Function<DiskFile, Result<T>> work) {
        return switch (disk.open(file, mode)) {
            case Result.Failed<DiskFile>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<DiskFile>(DiskFile open) -> {
                try {
                    yield work.apply(open);
                } finally {
                    open.close();
                }
            }
        };
    }

    /// Opens a file to be read and written that stays open when `work` succeeds.
    static <T> Result<T> open(Disk disk, Path file, Function<DiskFile, Result<T>> work) {
        return switch (disk.open(file, Disk.OpenMode.READ_WRITE)) {
            case Result.Failed<DiskFile>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<DiskFile>(DiskFile open) -> {
                Result<T> made = work.apply(open);
                if (made instanceof Result.Failed) {
                    open.close();
                }
                yield made;
            }
        };
    }
}
