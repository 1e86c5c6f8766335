package hallows.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Room on disk that is given back. What is removed soon never reaches the disk, so the host's
/// writing of dirty pages is not in the figures.
final class Scratch implements AutoCloseable {
    private final Path root;
    private int made;

    Scratch() {
        try {
            root = Files.createTempDirectory("hallows-bench");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Where it is, in words.
    String describe() {
        try {
            return "%s on %s".formatted(root, Files.getFileStore(root).type());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// A directory with the name of a partition.
    Path make() {
        try {
            return Files.createDirectory(root.resolve("bench-" + made++));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Removes a directory and the files in it.
    void remove(Path directory) {
        try (Stream<Path> content = Files.list(directory)) {
            List<Path> files = content.toList();
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(directory);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> left = Files.list(root)) {
            left.toList().forEach(this::remove);
            Files.delete(root);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
