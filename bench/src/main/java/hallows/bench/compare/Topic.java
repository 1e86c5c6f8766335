package hallows.bench.compare;

import hallows.model.TopicId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A topic that one turn has for itself.
///
/// @param desk where it was made
/// @param data where its broker keeps it
/// @param name by which stock clients know it
/// @param id by which requests do
record Topic(Desk desk, Path data, String name, TopicId id) implements AutoCloseable {
    private static final long SECONDS_MAX = 60;

    InetSocketAddress broker() {
        return desk.broker();
    }

    /// Removes it. It is gone from the disk before the next one comes, whose load would pay for the
    /// removal.
    @Override
    public void close() {
        desk.delete(id);
        long begunNanos = System.nanoTime();
        while (isRemoving()) {
            if (System.nanoTime() - begunNanos >= TimeUnit.SECONDS.toNanos(SECONDS_MAX)) {
                throw new IllegalStateException(
                        "%s was deleted and is still in %s after %d s"
                                .formatted(name, data, SECONDS_MAX));
            }
            Thread.onSpinWait();
        }
    }

    /// A broker answers before it has given the directories their last names, which begin like the
    /// first ones.
    private boolean isRemoving() {
        try (Stream<Path> all = Files.list(data)) {
            return all.anyMatch(one -> one.getFileName().toString().startsWith(name + "-"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
