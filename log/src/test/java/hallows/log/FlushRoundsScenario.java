package hallows.log;

import hallows.runtime.Application;
import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.DiskSync;
import hallows.runtime.Host;
import hallows.runtime.HostOptions;
import hallows.runtime.Result;
import hallows.simulation.DiskFaults;
import hallows.simulation.Faults;
import hallows.simulation.HostFaults;
import hallows.simulation.SeededDice;
import hallows.simulation.SimNode;
import hallows.simulation.Simulation;
import hallows.simulation.Span;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A few logs on one machine, whose process or power goes again and again. Each new process has
/// logs of its own; what the old ones were told must be on the disk to the end.
final class FlushRoundsScenario {
    private static final Path ROOT = Path.of("/");
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int LIVES = 4;

    /// Flushes fail and dawdle; failed writes are a log's own business.
    private static final Faults FLUSHES =
            Faults.NONE
                    .with(
                            new DiskFaults(
                                    0,
                                    0,
                                    0,
                                    0.02,
                                    0,
                                    Span.micros(100, 20_000),
                                    0.05,
                                    Span.millis(100, 500)))
                    .with(HostFaults.ALL);

    private final Simulation simulation;
    private final FlushedLog.Bug bug;
    private final SimNode node;
    private final SeededDice dice;
    private final Map<Path, Long> durable = new TreeMap<>();
    private final Map<FlushWay, Long> rounds = new EnumMap<>(FlushWay.class);
    private FlushWatch watch = new FlushWatch();
    private @Nullable FlushedShard shard;
    private @Nullable String reported;
    private int offlines;
    private int lives;

    private FlushRoundsScenario(long seed, Faults faults, FlushedLog.Bug bug) {
        this.simulation = new Simulation(seed, faults);
        this.bug = bug;
        this.node = simulation.node("a");
        this.dice = simulation.dice("scenario");
        simulation.check(this::check);
    }

    /// A machine that dies, with a disk that fails.
    static FlushRoundsScenario wild(long seed, FlushedLog.Bug bug) {
        return new FlushRoundsScenario(seed, FLUSHES, bug);
    }

    /// A machine on which nothing goes wrong.
    static FlushRoundsScenario calm(long seed) {
        return new FlushRoundsScenario(seed, Faults.NONE, FlushedLog.Bug.NONE);
    }

    /// How many rounds of a way have ended, and how often the directory went offline.
    long rounds(FlushWay way) {
        return rounds.getOrDefault(way, 0L);
    }

    int offlines() {
        return offlines;
    }

    /// Lets it die again and again, at any time.
    void dieAgainAndAgain() {
        try (simulation) {
            while (lives < LIVES) {
                start();
                Duration time = Duration.ofMillis(dice.between(1, 400));
                long untilNanos = simulation.nanos() + time.toNanos();
                simulation.after(time, () -> {});
                simulation.run(
                        () -> shard().isOffline() || simulation.nanos() >= untilNanos, LIMIT);
                end(shard().isOffline() || dice.oneIn(2));
            }
            end(true);
        }
    }

    /// Lets it write to the end, which must come.
    void liveToTheEnd() {
        try (simulation) {
            start();
            simulation.run(() -> shard().isDone(), LIMIT);
            end(true);
        }
    }

    private void start() {
        Path directory = Path.of("/data" + lives++);
        Disk disk = node.disk();
        watch = new FlushWatch();
        disk.createDirectories(directory).orThrow();
        DiskSync whole = disk.wholeOf(directory).orThrow();
        List<FlushedLog> logs = new ArrayList<>();
        for (int i = 1 + dice.below(6); i > 0; i--) {
            logs.add(new FlushedLog(disk, directory.resolve("log-" + i), watch, durable, bug));
        }
        synced(ROOT);
        synced(directory);
        DiskSync watched = watch.on(whole, bug == FlushedLog.Bug.DEAF);
        Host.start(
                node,
                HostOptions.shards(1)
                        .memory(1 << 16, 1 << 15)
                        .reporting(report -> reported = report.toString()),
                List.of(
                        Application.named("logs")
                                .component(
                                        "logs",
                                        seat -> shard = new FlushedShard(seat, logs, watched))));
        simulation.run(() -> shard != null, LIMIT);
    }

    /// Names come back only if somebody syncs them, and here even that may fail.
    private void synced(Path directory) {
        while (node.disk().syncDirectory(directory) instanceof Result.Failed) {
            simulation.note("again", directory.toString(), lives);
        }
    }

    private FlushedShard shard() {
        return Objects.requireNonNull(shard, "it has started");
    }

    private void end(boolean power) {
        if (shard != null) {
            for (FlushWay way : FlushWay.values()) {
                rounds.merge(way, shard.rounds().took(way).count(), Long::sum);
            }
            offlines += shard.isOffline() ? 1 : 0;
        }
        if (power) {
            node.powerLoss();
        } else {
            node.crash();
        }
        node.restart();
        shard = null;
        durable.forEach(this::readAgain);
    }

    private void readAgain(Path path, long end) {
        DiskFile file = node.disk().open(path, Disk.OpenMode.READ).orThrow();
        ByteBuffer bytes = ByteBuffer.allocate((int) end);
        int count = file.read(0, bytes).orThrow();
        file.close();
        for (int i = 0; i < end; i++) {
            if (i >= count || bytes.get(i) != FlushedLog.at(i)) {
                throw simulation.failure(
                        "%s was durable up to %d and is lost from %d on".formatted(path, end, i),
                        null);
            }
        }
    }

    private void check() {
        String wrong = reported != null ? reported : watch.overlap();
        if (wrong == null && shard != null) {
            wrong = shard.wrong();
        }
        if (wrong != null) {
            throw new AssertionError(wrong);
        }
    }
}
