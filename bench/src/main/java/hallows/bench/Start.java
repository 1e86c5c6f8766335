package hallows.bench;

import hallows.log.DirectoryEntry;
import hallows.log.DirectoryOpening;
import hallows.log.Log;
import hallows.log.LogObserver;
import hallows.log.LogOptions;
import hallows.log.Opening;
import hallows.log.PartitionName;
import hallows.runtime.Fault;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/// One start of a log directory: its logs are opened by the world's blocking threads, as many side
/// by side as there are, and held.
final class Start implements DirectoryOpening.Owner, LogObserver {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final int COLLECTIONS = 3;

    private final Path root;
    private final CountDownLatch left;
    private final Queue<Held> opened = new ConcurrentLinkedQueue<>();
    private final Map<PartitionName, Log> logs = new HashMap<>();
    private final long heapBefore;
    private final double seconds;
    private final DirectoryOpening directory;

    private record Held(PartitionName name, Opening.Opened log) {}

    /// What one start has cost.
    ///
    /// @param logs how many were opened
    /// @param seconds from holding the directory to the last log
    /// @param heapBytes for each log
    /// @param descriptors for each log; not a number where nobody counts
    record Cost(int logs, double seconds, double heapBytes, double descriptors) {}

    /// Opens the logs of a directory, of which there are so many.
    Start(Path root, int count) throws InterruptedException {
        this.root = root;
        this.left = new CountDownLatch(count);
        heapBefore = heapUsed();
        long begun = System.nanoTime();
        directory =
                DirectoryOpening.begin(OurLog.WORLD.disk(), root, OurLog.WORLD.clock(), 1)
                        .orThrow();
        directory.open(OurLog.WORLD.blocking()::run, this);
        left.await();
        seconds = (System.nanoTime() - begun) / 1e9;
    }

    /// What it has cost; from here on the logs are served.
    Cost cost() {
        int count = opened.size();
        for (Held held : opened) {
            Path place = root.resolve(held.name.toString());
            Log.Surroundings surroundings =
                    new Log.Surroundings(
                            OurLog.WORLD.disk(),
                            place,
                            OurLog.WORLD.clock(),
                            OurLog.INTAKE,
                            OurLog.RECENT);
            logs.put(held.name, held.log.log(surroundings, OurLog.OPTIONS, this));
        }
        double heap = heapUsed() - heapBefore;
        return new Cost(count, seconds, heap / count, descriptors() / count);
    }

    /// Stops all logs in good order.
    double stop() {
        long begun = System.nanoTime();
        logs.forEach((name, log) -> directory.held().take(log.handOver(name)));
        logs.clear();
        directory.held().stop(0).orThrow();
        return (System.nanoTime() - begun) / 1e9;
    }

    void close() {
        logs.values().forEach(Log::close);
        directory.held().close();
    }

    private static long heapUsed() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /// Those of the files of its logs.
    private double descriptors() {
        try (Stream<Path> open = Files.list(DESCRIPTORS)) {
            return open.filter(this::isOfLog).count();
        } catch (IOException nobodyCounts) {
            return Double.NaN;
        }
    }

    private boolean isOfLog(Path descriptor) {
        try {
            Path file = Files.readSymbolicLink(descriptor);
            return file.startsWith(root) && file.getNameCount() == root.getNameCount() + 2;
        } catch (IOException closed) {
            return false;
        }
    }

    @Override
    public LogOptions options(PartitionName name) {
        return OurLog.OPTIONS;
    }

    @Override
    public void opened(DirectoryEntry.Partition partition, Opening.Opened log) {
        opened.add(new Held(partition.partition(), log));
        left.countDown();
    }

    @Override
    public void truncated(long end) {
        throw new IllegalStateException("nobody cuts this log");
    }

    @Override
    public void failed(DirectoryEntry.Partition partition, Fault fault) {
        System.err.println(fault.message());
        left.countDown();
    }

    @Override
    public void written(long end) {}

    @Override
    public void durable(long end) {}

    @Override
    public void rolledBack(long from, Fault fault) {}

    @Override
    public void failed(long from, Fault fault) {}
}
