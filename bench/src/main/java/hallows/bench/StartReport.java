package hallows.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// How long it takes until many small logs are open, after a crash and after a clean stop, and what
/// an open log holds.
final class StartReport {
    private static final int LOGS = 10_000;

    /// What must hold.
    private static final double CLEAN_SECONDS_MAX = 5;

    private static final double CRASH_SECONDS_MAX = 20;
    private static final double HEAP_KIB_MAX = 8;
    private static final double KIB = 1024;

    private final PrintStream out = System.out;
    private final SmallLogs made;

    private StartReport(SmallLogs made) {
        this.made = made;
    }

    /// Measures in the first directory named, or in this one, and prints; whether all that is
    /// promised holds.
    static boolean run(List<String> directories) {
        Path parent = Path.of(directories.isEmpty() ? "." : directories.getFirst());
        try (SmallLogs made = new SmallLogs(parent.toAbsolutePath().normalize(), LOGS)) {
            return new StartReport(made).run();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private boolean run() throws IOException, InterruptedException {
        Path root = made.root();
        out.print(Machine.describe());
        out.printf("files     %s, %s%n%n", root, Files.getFileStore(root).type());
        out.printf("%d logs of %d batches are opened%n", LOGS, Batches.RECEIVED);
        out.printf(
                "  %-22s %9s %9s %11s %7s%n", "", "seconds", "KiB each", "descriptors", "others");
        // The first has nothing compiled yet, as it is when a server starts.
        Others strangers = new Others();
        Start crash = new Start(root, LOGS);
        Start.Cost crashed = print("after a crash", crash.cost(), strangers);
        double stopSeconds = crash.stop();
        crash.close();
        strangers = new Others();
        Start again = new Start(root, LOGS);
        Start.Cost clean = print("after a clean stop", again.cost(), strangers);
        again.close();
        out.printf("  %-22s %9.2f%n%n", "the stop in good order", stopSeconds);
        List<Promised> promises = promises(crashed, clean);
        promises.forEach(out::println);
        return promises.stream().allMatch(Promised::holds);
    }

    private static List<Promised> promises(Start.Cost crashed, Start.Cost clean) {
        return List.of(
                Promised.atMost(CLEAN_SECONDS_MAX, clean.seconds(), "Seconds after a clean stop"),
                Promised.atMost(CRASH_SECONDS_MAX, crashed.seconds(), "Seconds after a crash"),
                Promised.atMost(
                        HEAP_KIB_MAX, clean.heapBytes() / KIB, "KiB of heap for an open log"),
                Promised.atMost(1, clean.descriptors(), "Descriptors for an idle log"),
                Promised.atLeast(
                        2.0 * LOGS, crashed.logs() + (double) clean.logs(), "Logs opened"));
    }

    private Start.Cost print(String what, Start.Cost cost, Others strangers) {
        out.printf(
                "  %-22s %9.2f %9.2f %11.2f %7.2f%n",
                what,
                cost.seconds(),
                cost.heapBytes() / KIB,
                cost.descriptors(),
                strangers.processors());
        return cost;
    }
}
