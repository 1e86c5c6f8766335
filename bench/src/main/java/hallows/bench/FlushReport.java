package hallows.bench;

import hallows.log.FlushWay;
import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.DiskSync;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.runtime.os.OsOptions;
import hallows.runtime.os.OsWorld;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What group flush costs on the file system of a directory: closed-loop appenders over few and
/// many logs, and the ways to flush by themselves.
final class FlushReport implements AutoCloseable {
    private static final List<Integer> LOGS = List.of(1, 4, 64);
    private static final List<Integer> FILES = List.of(1, 4, 16, 64);
    private static final int ROUNDS = 3;
    private static final int RUN_MILLIS = 4_000;
    private static final int TURNS = 100;
    private static final long PREALLOCATED_BYTES = 1L << 29;
    private static final int NANOS_PER_MICRO = 1_000;

    /// What must hold: so few flush rounds, and so little waiting.
    private static final double ACKNOWLEDGEMENTS_PER_ROUND = 8;

    private static final double ROUNDS_PER_ACKNOWLEDGEMENT = 2.5;

    private final PrintStream out = System.out;
    private final OsWorld world = new OsWorld(OsOptions.standard());
    private final Disk disk = world.disk();
    private final Path directory;
    private final @Nullable DiskSync whole;
    private int made;

    private FlushReport(Path parent) throws IOException {
        this.directory = Files.createTempDirectory(Files.createDirectories(parent), "flush-");
        switch (disk.wholeOf(directory)) {
            case Result.Ok<DiskSync>(DiskSync there) -> whole = there;
            case Result.Failed<DiskSync>(Fault why) -> {
                out.println(why.message());
                whole = null;
            }
        }
    }

    /// Measures in the first directory named, or in this one, and prints; whether all that is
    /// promised holds.
    static boolean run(List<String> directories) {
        Path parent = Path.of(directories.isEmpty() ? "." : directories.getFirst());
        try (FlushReport report = new FlushReport(parent.toAbsolutePath().normalize())) {
            return report.run();
        } catch (IOException | InterruptedException | ExecutionException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private boolean run() throws IOException, InterruptedException, ExecutionException {
        out.print(Machine.describe());
        out.printf("files     %s, %s%n%n", directory, Files.getFileStore(directory).type());
        ways();
        load(LOGS.getLast());
        out.printf(
                "%d appenders of %d bytes, each appending again when its batch is durable%n",
                FlushLoad.APPENDERS, FlushLoad.APPEND_BYTES);
        out.printf(
                "  %5s %9s %19s %9s %9s %11s %11s %11s   %s%n",
                "logs",
                "acks/s",
                "min - max",
                "rounds",
                "acks/rnd",
                "round, us",
                "ack, us",
                "p99, us",
                "one by one / side by side / whole");
        List<Promised> promised = new ArrayList<>();
        for (int logs : LOGS) {
            promised.addAll(appended(logs));
        }
        out.println();
        promised.forEach(out::println);
        return promised.stream().allMatch(Promised::holds);
    }

    private void ways() throws InterruptedException, ExecutionException {
        out.println("The ways to flush by themselves, 1 KiB in each file: microseconds, median");
        out.printf("  %5s %12s %12s %12s%n", "files", "one by one", "side by side", "whole");
        for (int count : FILES) {
            List<DiskFile> files = files(count);
            try (FlushWays ways = new FlushWays(files, whole)) {
                ways.run(TURNS / 4);
                Map<FlushWay, Series> micros = ways.run(TURNS);
                out.printf("  %5d", count);
                for (FlushWay way : FlushWay.values()) {
                    Series series = micros.get(way);
                    out.printf(" %12s", series == null ? "-" : "%.0f".formatted(series.median()));
                }
                out.println();
            }
            remove(files);
        }
        out.println();
    }

    private List<Promised> appended(int logs) throws InterruptedException {
        List<FlushRun> runs = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            runs.add(load(logs));
        }
        runs.sort(Comparator.comparingDouble(FlushRun::acknowledgements));
        print(logs, runs);
        FlushRun middle = runs.get(ROUNDS / 2);
        String over = " over %d logs".formatted(logs);
        return List.of(
                Promised.atLeast(
                        ACKNOWLEDGEMENTS_PER_ROUND,
                        middle.perRound(),
                        "acknowledgements for a round" + over),
                Promised.atMost(
                        ROUNDS_PER_ACKNOWLEDGEMENT,
                        middle.medianNanos() / middle.roundNanos(),
                        "median rounds for a median acknowledgement" + over));
    }

    /// The middle run, and how far the others were from it.
    private void print(int logs, List<FlushRun> runs) {
        FlushRun middle = runs.get(ROUNDS / 2);
        out.printf(
                "  %5d %9.0f %9.0f-%9.0f %9d %9.1f %11.0f %11.0f %11.0f   %s%n",
                logs,
                middle.acknowledgements(),
                runs.getFirst().acknowledgements(),
                runs.getLast().acknowledgements(),
                middle.rounds(),
                middle.perRound(),
                middle.roundNanos() / NANOS_PER_MICRO,
                middle.medianNanos() / NANOS_PER_MICRO,
                middle.p99Nanos() / NANOS_PER_MICRO,
                middle.ways().values());
    }

    private FlushRun load(int logs) throws InterruptedException {
        Path place = directory.resolve("logs-" + made++);
        disk.createDirectories(place).orThrow();
        FlushRun run = FlushRun.of(place, logs, RUN_MILLIS);
        removeTree(place);
        return run;
    }

    private void removeTree(Path place) {
        try (Stream<Path> files = Files.walk(place)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> disk.delete(file).orThrow());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        // What the removal still has to write is not the next run's.
        disk.syncDirectory(directory).orThrow();
    }

    /// New files, with room as segments have it.
    private List<DiskFile> files(int count) {
        List<DiskFile> files = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Path path = directory.resolve("log-" + made++);
            DiskFile file = disk.open(path, Disk.OpenMode.CREATE).orThrow();
            file.preallocate(PREALLOCATED_BYTES / count).orThrow();
            file.flush().orThrow();
            files.add(file);
        }
        disk.syncDirectory(directory).orThrow();
        return files;
    }

    private void remove(List<DiskFile> files) {
        for (DiskFile file : files) {
            file.close();
            disk.delete(file.path()).orThrow();
        }
        // What the removal still has to write is not the next run's.
        disk.syncDirectory(directory).orThrow();
    }

    @Override
    public void close() {
        if (whole != null) {
            whole.close();
        }
        disk.delete(directory).orThrow();
        world.close();
    }
}
