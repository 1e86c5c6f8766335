package hallows.runtime.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// How long threads stay on a processor that others want.
///
/// A shard that is brought a request while the JVM compiles on its processor would wait until the
/// compiler's turn is over, which is the host's tick. Whose turns are the shorter ones gets the
/// processor as soon as he wakes, so shards have the shortest there are; all others have short
/// ones, for when a shard has been running and waits like everybody. A compiler that wakes, because
/// the shard that runs has found something to compile, lets it go on until it sleeps or the host's
/// tick comes. Nobody's part of the time changes. Linux has turns of a wished length since 6.12;
/// other hosts than Linux change nothing.
public final class Turns {
    private static final Path THREADS = Path.of("/proc/self/task");

    /// As short as a host allows.
    private static final long SHORTEST_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    /// Longer than that, and much less than is usual.
    static final long SHORT_NANOS = TimeUnit.MICROSECONDS.toNanos(300);

    private static final int CALLER = 0;
    private static final Pattern COMPILER = Pattern.compile("C[12] CompilerThre.*");

    private Turns() {}

    /// Short ones for all threads of this process, and those that they will start; compilers take
    /// theirs from nobody who runs.
    public static void shorten() {
        threads().forEach(thread -> Scheduling.turns(thread, SHORT_NANOS, manner(thread)));
    }

    /// The shortest for the calling thread.
    static void asShard() {
        Scheduling.turns(CALLER, SHORTEST_NANOS, Scheduling.Manner.AS_BEFORE);
    }

    private static Scheduling.Manner manner(int thread) {
        return isCompiler(thread) ? Scheduling.Manner.BATCH : Scheduling.Manner.AS_BEFORE;
    }

    /// By the names that the JVM gives them, which the host cuts.
    static boolean isCompiler(int thread) {
        try {
            String name =
                    Files.readString(THREADS.resolve(Integer.toString(thread)).resolve("comm"));
            return COMPILER.matcher(name.strip()).matches();
        } catch (IOException gone) {
            return false;
        }
    }

    static List<Integer> threads() {
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
