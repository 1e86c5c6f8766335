package hallows.bench.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// A directory for one broker, which is removed with all that is in it.
public final class Room implements AutoCloseable {
    private final Path root;

    /// A new one.
    public Room(Path parent) {
        try {
            root = Files.createTempDirectory(parent, "hallows-bench");
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /// Where the broker keeps its logs.
    Path data() {
        return path("data");
    }

    /// For something beside them.
    public Path path(String name) {
        return root.resolve(name);
    }

    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        } catch (IOException kept) {
            throw new UncheckedIOException(kept);
        }
    }
}
