package hallows.log;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import hallows.log.LogFileName.Kind;
import hallows.model.Outcome;
import hallows.runtime.Alarm;
import hallows.runtime.Fault;
import hallows.runtime.HostOptions;
import hallows.runtime.MemoryRegion;
import hallows.runtime.Seat;
import hallows.simulation.Faults;
import hallows.simulation.SimNode;
import hallows.simulation.Simulation;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.jspecify.annotations.Nullable;

/// A replica in a simulated process of its own, which hears what its leader says one word after the
/// other, and what its log tells.
final class LedReplica implements AutoCloseable {
    private static final LogRig.Plan PLAN =
            new LogRig.Plan(
                    Path.of("/logs"),
                    1,
                    1,
                    new LogRig.Sizes(2_000, new IndexLimits(100, 1 << 20)),
                    Durability.FSYNC,
                    false);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int MEMORY_BYTES = 1 << 20;

    final SimNode node;
    private final Simulation simulation = new Simulation(1, Faults.NONE);
    private final Queue<String> told = new ArrayDeque<>();
    private final Queue<Consumer<Follower>> said = new ArrayDeque<>();
    private boolean begun;

    /// One that has nothing yet.
    LedReplica() {
        node = simulation.node("a");
        LogRig.start(
                node,
                HostOptions.shards(1).memory(MEMORY_BYTES, 1 << 15).reporting(_ -> {}),
                PLAN,
                Follower::new);
        simulation.run(() -> begun, LIMIT);
    }

    static Path file(long base) {
        return LogRig.place(PLAN.directory(), 0)
                .resolve(new LogFileName(base, Kind.RECORDS).toString());
    }

    /// The leader sends a batch of one small record; what the log tells of it.
    String send(long offset) {
        batch(offset, 9);
        return heard();
    }

    /// The leader sends a batch of records with so many bytes each.
    void batch(long offset, int... valueBytes) {
        said.add(follower -> follower.stage(offset, valueBytes));
    }

    /// The leader has no more than up to there.
    void cut(long offset) {
        said.add(follower -> follower.cut(offset));
    }

    /// What the log tells next.
    String heard() {
        simulation.run(() -> !told.isEmpty(), LIMIT);
        return told.remove();
    }

    /// What is written down.
    long recoveryPoint() {
        SortedMap<PartitionName, Long> points =
                RealDisk.whole(OffsetCheckpoint.RECOVERY_POINT.read(node.disk(), PLAN.directory()));
        return points.getOrDefault(LogRig.name(0), -1L);
    }

    /// Where the log ends for the next process.
    long endFound() {
        RigOpening.Begun again = new RigOpening(node.disk(), new HandTime(), PLAN).run().orThrow();
        return again.logs().getFirst().opened().loaded().end();
    }

    @Override
    public void close() {
        simulation.close();
    }

    private final class Follower implements LogActor {
        private final Seat seat;
        private final LogRig rig;
        private final Alarm look;
        private @Nullable Log log;

        Follower(Seat seat, LogRig rig, int number) {
            this.seat = seat;
            this.rig = rig;
            this.look = seat.alarm(this::look);
        }

        @Override
        public void begin(Log opened) {
            log = opened;
            begun = true;
            look();
        }

        private Log log() {
            return Objects.requireNonNull(log, "an open log");
        }

        private void look() {
            Consumer<Follower> word = said.poll();
            if (word != null) {
                word.accept(this);
                rig.staged(log());
            }
            look.setAfterMillis(1);
        }

        private void stage(long offset, int... valueBytes) {
            SimpleRecord[] records =
                    IntStream.of(valueBytes)
                            .mapToObj(bytes -> new SimpleRecord(1, new byte[bytes]))
                            .toArray(SimpleRecord[]::new);
            ByteBuffer batch =
                    MemoryRecords.withRecords(offset, Compression.NONE, 0, records).buffer();
            MemoryRegion region = Objects.requireNonNull(seat.buffers().allocate(batch.limit()));
            region.buffer().put(batch);
            assertInstanceOf(
                    Outcome.Staged.class, log().stage(region, Appender.REPLICATION, rig.epoch()));
        }

        private void cut(long offset) {
            log().truncateTo(offset);
        }

        @Override
        public void written(long end) {
            told.add("written " + end);
        }

        @Override
        public void durable(long end) {}

        @Override
        public void rolledBack(long from, Fault fault) {
            told.add("rolled back " + from + " " + fault.kind());
        }

        @Override
        public void truncated(long end) {
            told.add("truncated " + end);
        }

        @Override
        public void failed(long from, Fault fault) {
            told.add("failed " + fault.message());
        }

        @Override
        public boolean isDone() {
            return false;
        }

        @Override
        public void stop() {}

        @Override
        public boolean isStill() {
            return true;
        }

        @Override
        public void end() {}
    }
}
