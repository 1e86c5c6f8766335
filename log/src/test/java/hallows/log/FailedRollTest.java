package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import hallows.log.LogFileName.Kind;
import hallows.model.Outcome;
import hallows.runtime.Alarm;
import hallows.runtime.Disk;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.SortedMap;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A replica of a compacted log whose first batch begins so high that it takes a segment of its
/// own, which cannot be begun; the leader after that sends another one.
class FailedRollTest {
    private static final LogRig.Plan PLAN =
            new LogRig.Plan(
                    Path.of("/logs"),
                    1,
                    1,
                    new LogRig.Sizes(2_000, new IndexLimits(100, 1 << 20)),
                    Durability.FSYNC,
                    false);
    private static final Path PLACE = LogRig.place(PLAN.directory(), 0);
    private static final long FAR = 3_000_000_000L;
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int MEMORY_BYTES = 1 << 20;

    private final Simulation simulation = new Simulation(1, Faults.NONE);
    private final SimNode node = simulation.node("a");
    private final List<String> told = new ArrayList<>();
    private final Queue<Long> sent = new ArrayDeque<>();
    private boolean begun;

    @BeforeEach
    void begin() {
        LogRig.start(
                node,
                HostOptions.shards(1).memory(MEMORY_BYTES, 1 << 15).reporting(_ -> {}),
                PLAN,
                Follower::new);
        simulation.run(() -> begun, LIMIT);
        // No file can have this name.
        node.disk().createDirectories(file(FAR)).orThrow();
    }

    @AfterEach
    void end() {
        simulation.close();
    }

    private static Path file(long base) {
        return PLACE.resolve(new LogFileName(base, Kind.RECORDS).toString());
    }

    /// The leader sends a batch; what the log tells of it.
    private String send(long offset) {
        int before = told.size();
        sent.add(offset);
        simulation.run(() -> told.size() > before, LIMIT);
        return told.get(before);
    }

    private long recoveryPoint() {
        SortedMap<PartitionName, Long> points =
                RealDisk.whole(OffsetCheckpoint.RECOVERY_POINT.read(node.disk(), PLAN.directory()));
        return points.getOrDefault(LogRig.name(0), -1L);
    }

    @Test
    void whatIsAppendedAfterItDoesNotCountAsDurableBeforeItIs() {
        assertEquals("rolled back 0 FORBIDDEN", send(FAR));
        assertEquals("written 1", send(0));
        assertEquals(0, recoveryPoint());
    }

    @Test
    void aTornEndAfterItIsNoDamage() {
        send(FAR);
        send(0);
        node.crash();
        node.restart();
        var records = node.disk().open(file(0), Disk.OpenMode.READ_WRITE).orThrow();
        records.write(records.size().orThrow(), List.of(ByteBuffer.allocate(100)));
        records.close();
        RigOpening.Begun again = new RigOpening(node.disk(), new HandTime(), PLAN).run().orThrow();
        assertEquals(1, again.logs().getFirst().opened().loaded().end());
    }

    @Test
    void nothingIsAppendedWhileItsTraceCannotBeRemoved() {
        send(FAR);
        node.disk().capacity(0);
        assertEquals("rolled back 0 NO_SPACE", send(0));
        node.disk().capacity(Long.MAX_VALUE);
        assertEquals("written 1", send(0));
        assertEquals(0, recoveryPoint());
    }

    /// The replica, and what its log tells.
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

        private void look() {
            Long offset = sent.poll();
            if (offset != null) {
                stage(Objects.requireNonNull(log), offset);
            }
            look.setAfterMillis(1);
        }

        private void stage(Log to, long offset) {
            ByteBuffer batch =
                    MemoryRecords.withRecords(
                                    offset, Compression.NONE, 0, new SimpleRecord(1, new byte[9]))
                            .buffer();
            MemoryRegion region = Objects.requireNonNull(seat.buffers().allocate(batch.limit()));
            region.buffer().put(batch);
            assertInstanceOf(
                    Outcome.Staged.class, to.stage(region, Appender.REPLICATION, rig.epoch()));
            rig.staged(to);
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
            throw new AssertionError("nobody cuts this log");
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
