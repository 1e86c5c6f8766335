package hallows.bench;

import hallows.runtime.Disk;
import hallows.runtime.DiskSync;
import hallows.runtime.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A log directory full of small logs, as a process leaves them that was killed. Half of them have
/// an idempotent producer.
final class SmallLogs implements AutoCloseable {
    private static final int VALUE_BYTES = 20;
    private static final int CYCLE_BATCHES = 16;

    private final Path root;

    /// Makes them. Two are written, the others are copies: making each by itself would take longer
    /// than all that is measured.
    SmallLogs(Path parent, int count) throws IOException {
        root = Files.createTempDirectory(Files.createDirectories(parent), "start-");
        List<Path> patterns = List.of(pattern(0, false), pattern(1, true));
        for (int log = 2; log < count; log++) {
            copy(patterns.get(log % 2), Files.createDirectory(directory(log)));
        }
        settle();
    }

    Path root() {
        return root;
    }

    private Path directory(int log) {
        return root.resolve("small-" + log);
    }

    private Path pattern(int log, boolean signed) {
        try (Arena arena = Arena.ofConfined()) {
            Batches batches = new Batches(new Batches.Shape(1, VALUE_BYTES, signed), arena);
            HallowsAppending appending =
                    new HallowsAppending(directory(log), batches, CYCLE_BATCHES);
            appending.receive();
            appending.append();
            appending.show();
            appending.close();
            return directory(log);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        for (Path file : files(from)) {
            Files.copy(file, to.resolve(from.relativize(file)));
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    /// What making them has left to be written is not the opening's.
    private void settle() {
        Disk disk = OurLog.WORLD.disk();
        if (disk.wholeOf(root) instanceof Result.Ok<DiskSync>(DiskSync whole)) {
            whole.flush().orThrow();
            whole.close();
        }
    }

    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.toList().reversed()) {
                Files.delete(path);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
