package hallows.log;

import hallows.log.DirectoryEntry.Partition;
import hallows.runtime.Application;
import hallows.runtime.Disk;
import hallows.runtime.Fault;
import hallows.runtime.Host;
import hallows.runtime.HostOptions;
import hallows.runtime.Report;
import hallows.runtime.Result;
import hallows.simulation.Faults;
import hallows.simulation.SeededDice;
import hallows.simulation.SimNode;
import hallows.simulation.Simulation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A simulated server: two shards, each with logs in all of its directories.
final class ShardedServer implements AutoCloseable, DirectoryOpening.Owner {
    private static final int SHARDS = 2;
    private static final int LOGS = 2;
    private static final int MEMORY_BYTES = 1 << 21;
    private static final int STOP_MILLIS = 20_000;

    final Simulation simulation;
    final SimNode node;
    final SeededDice dice;
    final List<DirectoryOpening> openings = new ArrayList<>();
    final TreeMap<PartitionName, Opening.Opened> opened = new TreeMap<>();
    final SortedMap<PartitionName, ServedLog> last = new TreeMap<>();
    final List<Result<Result.Done>> results = new ArrayList<>();
    private final int directories;
    private final int flushers;
    private @Nullable Host host;

    /// @param directories how many; each has two logs
    /// @param whole 1 where the file system may be flushed as a whole
    ShardedServer(long seed, int directories, int whole) {
        this.directories = directories;
        this.flushers = SHARDS * whole;
        simulation = new Simulation(seed, Faults.NONE);
        node = simulation.node("a");
        dice = simulation.dice("server");
        Disk disk = node.disk();
        for (int number = 0; number < directories * LOGS; number++) {
            Path place = place(number / LOGS).resolve(name(number).directory());
            disk.createDirectories(place).orThrow();
            disk.syncDirectory(place(number / LOGS)).orThrow();
        }
        disk.syncDirectory(Path.of("/")).orThrow();
    }

    private static Path place(int directory) {
        return Path.of("/logs-" + directory);
    }

    private static PartitionName name(int number) {
        return new PartitionName("t" + number / LOGS, number % LOGS);
    }

    /// Opens all directories, as a server does before its shards start.
    void open() {
        openings.clear();
        opened.clear();
        for (int directory = 0; directory < directories; directory++) {
            DirectoryOpening opening =
                    DirectoryOpening.begin(node.disk(), place(directory), node.clock(), flushers)
                            .orThrow();
            openings.add(opening);
            opening.open(Runnable::run, this);
        }
    }

    /// Opens them, and lets the shards begin.
    void start() {
        if (openings.isEmpty()) {
            open();
        }
        last.clear();
        results.clear();
        List<Queue<ServedLog>> arrivals = List.of(new ArrayDeque<>(), new ArrayDeque<>());
        opened.forEach((name, log) -> {
            int directory = Integer.parseInt(name.topic().substring(1));
            ServedLog served = new ServedLog(openings.get(directory).held(), name, log);
            last.put(name, served);
            arrivals.get(name.partition() % SHARDS).add(served);
        });
        Application server =
                Application.named("server")
                        .memory(MEMORY_BYTES)
                        .component(
                                "logs",
                                seat ->
                                        new ShardServer(
                                                seat,
                                                arrivals.get(seat.shard()),
                                                arrivals.get(SHARDS - 1 - seat.shard())));
        HostOptions options =
                HostOptions.shards(SHARDS).memory(MEMORY_BYTES, 1 << 15).reporting(this::report);
        host = Host.start(node, options, List.of(server));
    }

    private void report(Report report) {
        throw new AssertionError(report.toString());
    }

    void runFor(int millis) {
        simulation.runFor(Duration.ofMillis(millis));
    }

    void run(BooleanSupplier until, Duration limit) {
        simulation.run(until, limit);
    }

    /// Stops the shards, and then the directories.
    void stop() {
        Host running = host;
        if (running != null) {
            running.requestStop(STOP_MILLIS);
            simulation.run(running::hasEnded, Duration.ofMillis(STOP_MILLIS));
            running.close();
        }
        for (DirectoryOpening opening : openings) {
            results.add(opening.held().stop(7));
            opening.held().close();
        }
        openings.clear();
    }

    void losePower() {
        node.powerLoss();
        node.restart();
        openings.clear();
    }

    @Override
    public LogOptions options(PartitionName name) {
        return SimulatedLog.options(Durability.FSYNC);
    }

    @Override
    public void opened(Partition partition, Opening.Opened log) {
        opened.put(partition.partition(), log);
    }

    @Override
    public void failed(Partition partition, Fault fault) {
        throw new AssertionError(fault.message());
    }

    @Override
    public void close() {
        simulation.close();
    }
}
