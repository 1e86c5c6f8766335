package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import hallows.log.DirectoryEntry.Partition;
import hallows.log.kafka.Codecs;
import hallows.runtime.Application;
import hallows.runtime.Component;
import hallows.runtime.Fault;
import hallows.runtime.Host;
import hallows.runtime.HostOptions;
import hallows.runtime.Result;
import hallows.runtime.SchedulingClass;
import hallows.runtime.Seat;
import hallows.simulation.Faults;
import hallows.simulation.SimNode;
import hallows.simulation.Simulation;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A log that is given away by somebody whom it tells something.
class DeparturesTest implements LogObserver, DirectoryOpening.Owner {
    private static final Path DATA = Path.of("/data");
    private static final Path PLACE = DATA.resolve("t-0");
    private static final LogOptions OPTIONS = SimulatedLog.options(Durability.PAGE_CACHE);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int MEMORY_BYTES = 1 << 20;

    private final LentRegions regions = new LentRegions();
    private Opening.@Nullable Opened opened;
    private @Nullable Holder holder;
    private @Nullable Result<Opening.Opened> left;

    /// A shard with one log.
    private final class Holder implements Component {
        private final Seat seat;
        private final HeldDirectory held;
        private final Logs logs;
        private final Log log;

        Holder(Seat seat, HeldDirectory held) {
            this.seat = seat;
            this.held = held;
            logs =
                    new Logs(
                            seat,
                            held,
                            new Logs.Options(
                                    SchedulingClass.MESSAGING,
                                    new FlushLimits(1, 4_000, 16_000),
                                    seat.clock()),
                            why -> {
                                throw new AssertionError(why);
                            });
            log =
                    Objects.requireNonNull(opened)
                            .log(
                                    new Log.Surroundings(
                                            seat.disk(),
                                            PLACE,
                                            seat.clock(),
                                            new Intake(new Codecs()),
                                            new RecentFiles(seat.disk(), 8)),
                                    OPTIONS,
                                    DeparturesTest.this);
            logs.add(new PartitionName("t", 0), log);
            holder = this;
        }

        @Override
        public void start() {
            log.stage(regions.of(transaction()), Appender.CLIENT, 0);
            log.stage(regions.of(abort()), Appender.marker(1), 0);
            logs.staged(log);
        }

        private void giveAway() {
            logs.handOver(
                    log,
                    result -> {
                        Handover handover = result.orThrow();
                        seat.away(() -> held.reopen(handover, OPTIONS)).then(again -> left = again);
                    });
        }
    }

    private static ByteBuffer transaction() {
        SimpleRecord record = new SimpleRecord(1, new byte[10]);
        return MemoryRecords.withTransactionalRecords(Compression.NONE, 9, (short) 0, 0, record)
                .buffer();
    }

    private static ByteBuffer abort() {
        EndTransactionMarker marker = new EndTransactionMarker(ControlRecordType.ABORT, 0);
        return MemoryRecords.withEndTransactionMarker(0, 1, 0, 9, (short) 0, marker).buffer();
    }

    @Test
    void itGoesWithAllThatItOwes() {
        try (Simulation simulation = new Simulation(1, Faults.NONE)) {
            SimNode node = simulation.node("a");
            node.disk().createDirectories(PLACE).orThrow();
            DirectoryOpening opening =
                    DirectoryOpening.begin(node.disk(), DATA, node.clock(), 0).orThrow();
            opening.open(Runnable::run, this);
            Application shard =
                    Application.named("shard")
                            .memory(MEMORY_BYTES)
                            .component("log", seat -> new Holder(seat, opening.held()));
            HostOptions options =
                    HostOptions.shards(1).memory(MEMORY_BYTES, 1 << 15).reporting(_ -> {});
            Host host = Host.start(node, options, List.of(shard));
            simulation.run(() -> left != null, LIMIT);
            assertInstanceOf(Result.Ok.class, left);
            String aborted = new LogFileName(0, LogFileName.Kind.ABORTED_INDEX).toString();
            assertEquals(
                    AbortedTransactions.ENTRY_BYTES,
                    RealDisk.whole(WholeFile.bytes(node.disk(), PLACE.resolve(aborted))).length);
            host.requestStop(1_000);
            simulation.run(host::hasEnded, LIMIT);
            host.close();
        }
    }

    @Override
    public LogOptions options(PartitionName name) {
        return OPTIONS;
    }

    @Override
    public void opened(Partition partition, Opening.Opened log) {
        opened = log;
    }

    @Override
    public void failed(Partition partition, Fault fault) {
        throw new AssertionError(fault);
    }

    @Override
    public void written(long end) {
        if (end == 2) {
            Objects.requireNonNull(holder).giveAway();
        }
    }

    @Override
    public void durable(long end) {}

    @Override
    public void rolledBack(long from, Fault fault) {
        throw new AssertionError(fault);
    }

    @Override
    public void truncated(long end) {}

    @Override
    public void failed(long from, Fault fault) {
        throw new AssertionError(fault);
    }
}
