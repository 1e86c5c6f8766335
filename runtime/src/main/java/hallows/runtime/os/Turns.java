package hallows.runtime.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// How long threads stay on a processor that others want.
///
/// A shard that is brought a request while the JVM compiles on its processor would wait until the
/// compiler's turn is over, which is the host's tick. Whose turns are the shorter ones gets the
/// processor as soon as he wakes, so shards have the shortest there are; all others have short
/// ones, for when a shard has been running and waits like everybody. Nobody's part of the time
/// changes. Linux has that since 6.12; elsewhere nothing changes.
public final class Turns {
    private static final Path THREADS = Path.of("/proc/self/task");

    /// As short as a host allows.
    private static final long SHORTEST_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    /// Longer than that, and much less than is usual.
    static final long SHORT_NANOS = TimeUnit.MICROSECONDS.toNanos(300);

    private static final int CALLER = 0;

    private Turns() {}

    /// Short ones for all threads of this process, and those that they will start.
    public static void shorten() {
        threads().forEach(thread -> Scheduling.turns(thread, SHORT_NANOS));
    }

    /// The shortest for the calling thread.
    static void asShard() {
        Scheduling.turns(CALLER, SHORTEST_NANOS);
    }

    private static List<Integer> threads() {
        if (!Files.isDirectory(THREADS)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(THREADS)) {
            return all.map(thread -> Integer.valueOf(thread.getFileName().toString())).toList();
        } catch (IOException unseen) {
            return List.of();
        }
    }
}
