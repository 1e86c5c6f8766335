package hallows.log;

import hallows.log.kafka.Codecs;
import hallows.runtime.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.record.internal.MemoryRecords;

/// A log of ours on the host's disk, to be left in good order or not.
final class StoppedLog implements LogHistory.Appends, LogObserver {
    static final PartitionName NAME = new PartitionName("t", 0);
    static final long BROKER_EPOCH = 7;

    private final Path root;
    private final Random random;
    private final HandTime time;
    private final Log log;
    private final LentRegions regions = new LentRegions();

    StoppedLog(Path root, LogOptions options, HandTime time, Random random) {
        this.root = root;
        this.random = random;
        this.time = time;
        Log.Surroundings surroundings =
                new Log.Surroundings(
                        RealDisk.DISK,
                        place(),
                        time,
                        new Intake(new Codecs(), new LentBuffers().buffers()),
                        new RecentFiles(RealDisk.DISK, 8));
        log = Log.create(surroundings, options, this).orThrow();
    }

    Path place() {
        return root.resolve(NAME.directory());
    }

    Log log() {
        return log;
    }

    @Override
    public String append(MemoryRecords records, Appender appender, int epoch) {
        return LogPair.said(log.stage(regions.of(records.buffer()), appender, epoch));
    }

    @Override
    public void commit() {
        for (Chore chore = log.commit(); chore != null; chore = log.commit()) {
            log.done(chore, chore.run());
        }
        if (log.needsUpkeep() && random.nextInt(3) == 0) {
            Upkeep upkeep = log.upkeep();
            log.keptUp(upkeep, SimulatedLog.run(upkeep));
        }
    }

    /// Comes to its end, in good order or not; which of them.
    boolean leave() {
        boolean clean = random.nextBoolean();
        if (clean) {
            stop();
        } else {
            abandon();
        }
        return clean;
    }

    /// Stops as a server does.
    private void stop() {
        commit();
        DirectoryOpening directory = DirectoryOpening.begin(RealDisk.DISK, root, time, 0).orThrow();
        directory.held().take(log.handOver(NAME));
        RealDisk.done(directory.held().stop(BROKER_EPOCH));
        directory.held().close();
    }

    /// Stops as a process does that was killed.
    private void abandon() {
        OffsetCheckpoint.RECOVERY_POINT
                .write(RealDisk.DISK, root, Map.of(NAME, log.ends().durable()))
                .orThrow();
    }

    /// All transactions that were aborted.
    List<AbortedTransaction> aborted() throws IOException {
        List<AbortedTransaction> all = new ArrayList<>();
        for (String name : OpeningOracleTest.names(place())) {
            if (name.endsWith(".txnindex")) {
                ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(place().resolve(name)));
                for (int at = 0; at < bytes.limit(); at += AbortedTransactions.ENTRY_BYTES) {
                    all.add(AbortedTransactions.at(bytes, at));
                }
            }
        }
        return all;
    }

    @Override
    public void written(long end) {}

    @Override
    public void durable(long end) {}

    @Override
    public void rolledBack(long from, Fault fault) {
        throw new AssertionError(fault);
    }

    @Override
    public void truncated(long end) {
        throw new AssertionError("nobody cuts this log");
    }

    @Override
    public void failed(long from, Fault fault) {
        throw new AssertionError(fault);
    }
}
