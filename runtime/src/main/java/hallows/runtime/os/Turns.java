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
/// compiler's turn is over, some 3 ms. Where all but the shards take short turns it waits 0.1 ms,
/// and everybody still gets his part of the time. Linux has that since 6.12; elsewhere nothing
/// changes.
public final class Turns {
    private static final Path THREADS = Path.of("/proc/self/task");

    /// As short as a host allows.
    private static final long SHORT_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    private static final long AS_USUAL = 0;
    private static final int CALLER = 0;

    private Turns() {}

    /// Short ones for all threads of this process, and those that they will start.
    public static void shorten() {
        threads().forEach(thread -> Scheduling.turns(thread, SHORT_NANOS));
    }

    /// Usual ones for the calling thread.
    static void asUsual() {
        Scheduling.turns(CALLER, AS_USUAL);
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
