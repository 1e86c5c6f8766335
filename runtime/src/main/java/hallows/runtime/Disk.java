package hallows.runtime;

import java.nio.file.Path;
import java.util.List;

/// The files. Everything here may block, so shards call it through a blocking job
/// ([BlockingThreads]); the exceptions are said in [DiskFile].
public interface Disk {
    /// How to open.
    enum OpenMode {
        /// It must exist; read only.
        READ,
        /// Made when missing; read and written.
        READ_WRITE,
        /// It must not exist; read and written.
        CREATE
    }

    /// Opens a file.
    Result<DiskFile> open(Path file, OpenMode mode);

    /// The names in a directory, sorted.
    Result<List<String>> list(Path directory);

    /// Makes a directory and those above it; fine when it is there.
    Result<Result.Done> createDirectories(Path directory);

    /// Puts `from` in the place of `to`, at once or not at all. Survives power loss after
    /// `syncDirectory`.
    Result<Result.Done> rename(Path from, Path to);

    /// Removes a file or an empty directory.
    Result<Result.Done> delete(Path file);

    /// Makes creations, renames and deletions in a directory survive power loss.
    Result<Result.Done> syncDirectory(Path directory);

    /// The file system that a directory is in, as one thing; UNSUPPORTED where the host has no call
    /// for it, or one that does not tell what failed.
    Result<DiskSync> wholeOf(Path directory);

    /// Holds the file `lock` for this process until closed; IN_USE when another has it.
    Result<AutoCloseable> lock(Path lock);
}
