package hallows.log;

import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.DiskSync;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.runtime.Written;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Files that are bytes in memory and can only be read: quick enough to be tried a million times.
/// Whoever writes fails the test.
final class BytesDisk implements Disk {
    private final Map<Path, byte[]> files = new HashMap<>();

    BytesDisk with(String path, byte[] bytes) {
        files.put(Path.of(path), bytes);
        return this;
    }

    /// One file alone.
    static DiskFile file(byte[] bytes) {
        return new BytesFile(Path.of("/bytes"), bytes);
    }

    @Override
    public Result<DiskFile> open(Path file, OpenMode mode) {
        byte[] bytes = files.get(file);
        if (mode != OpenMode.READ) {
            throw new AssertionError(file + " is opened to be written");
        }
        return bytes == null
                ? Result.failed(Fault.Kind.MISSING, "there is no " + file)
                : new Result.Ok<>(new BytesFile(file, bytes));
    }

    @Override
    public Result<List<String>> list(Path directory) {
        List<String> names =
                files.keySet().stream()
                        .filter(file -> file.startsWith(directory) && !file.equals(directory))
                        .map(file -> directory.relativize(file).getName(0).toString())
                        .distinct()
                        .sorted()
                        .toList();
        return names.isEmpty()
                ? Result.failed(Fault.Kind.IO_ERROR, directory + " is no directory")
                : new Result.Ok<>(names);
    }

    @Override
    public Result<Result.Done> createDirectories(Path directory) {
        throw new AssertionError(directory);
    }

    @Override
    public Result<DiskSync> wholeOf(Path directory) {
        throw new AssertionError(directory);
    }

    @Override
    public Result<Result.Done> rename(Path from, Path to) {
        throw new AssertionError(from);
    }

    @Override
    public Result<Result.Done> delete(Path file) {
        throw new AssertionError(file);
    }

    @Override
    public Result<Result.Done> syncDirectory(Path directory) {
        throw new AssertionError(directory);
    }

    @Override
    public Result<AutoCloseable> lock(Path lock) {
        throw new AssertionError(lock);
    }

    @SuppressWarnings("ArrayRecordComponent") // nobody compares files
    private record BytesFile(Path path, byte[] bytes) implements DiskFile {
        @Override
        public Written write(long position, List<ByteBuffer> buffers) {
            throw new AssertionError(path);
        }

        @Override
        public Result<Integer> read(long position, ByteBuffer into) {
            if (position < 0) {
                throw new AssertionError(position);
            }
            int at = (int) Math.min(position, bytes.length);
            int count = Math.min(into.remaining(), bytes.length - at);
            into.put(bytes, at, count);
            return new Result.Ok<>(count);
        }

        @Override
        public boolean isInMemory(long position, long length) {
            return true;
        }

        @Override
        public Result<Result.Done> flush() {
            throw new AssertionError(path);
        }

        @Override
        public Result<Result.Done> preallocate(long size) {
            throw new AssertionError(path);
        }

        @Override
        public Result<Result.Done> truncate(long size) {
            throw new AssertionError(path);
        }

        @Override
        public Result<Long> size() {
            return new Result.Ok<>((long) bytes.length);
        }

        @Override
        public void close() {}
    }
}
