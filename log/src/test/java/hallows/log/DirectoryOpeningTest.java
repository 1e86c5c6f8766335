package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.Disk;
import hallows.runtime.DiskSync;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.simulation.DiskCall;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// A log directory, stopped in good order or not, and opened again.
class DirectoryOpeningTest implements DirectoryOpening.Owner {
    private static final PartitionName NAME = new PartitionName("t", 0);

    private final SimulatedLog source = new SimulatedLog(Durability.FSYNC);
    private final HandTime time = new HandTime();
    private final TreeMap<String, Opening.Opened> opened = new TreeMap<>();
    private final TreeMap<String, Fault> failed = new TreeMap<>();

    @Override
    public LogOptions options(PartitionName name) {
        return SimulatedLog.options(Durability.FSYNC);
    }

    @Override
    public void opened(DirectoryEntry.Partition partition, Opening.Opened log) {
        opened.put(partition.name(), log);
    }

    @Override
    public void failed(DirectoryEntry.Partition partition, Fault fault) {
        failed.put(partition.name(), fault);
    }

    private Opening.Opened log() {
        return Objects.requireNonNull(opened.get("t-0"));
    }

    private Disk disk() {
        return source.files.disk();
    }

    private DirectoryOpening begin() {
        return DirectoryOpening.begin(disk(), SimFiles.DATA, time).orThrow();
    }

    /// Opens what the source has left, and stops it in good order.
    private DirectoryStop stop() {
        begin().open(Runnable::run, this);
        Loaded loaded = log().loaded();
        Handover handover =
                Handover.of(
                        new Handover.Place(NAME, SimulatedLog.PLACE),
                        loaded.segments(),
                        loaded.producers(),
                        new Handover.Offsets(
                                loaded.end(), OptionalLong.empty(), OptionalLong.of(5)));
        return new DirectoryStop(disk(), SimFiles.DATA, List.of(handover), 7);
    }

    private void write(int batches) {
        for (int sequence = 0; sequence < batches; sequence++) {
            source.stage(sequence);
            source.commit();
        }
        source.log.close();
    }

    @Test
    void whatStoppedInGoodOrderIsOpenedWithoutReadingItThrough() {
        write(9);
        RealDisk.done(stop().run());
        source.files.losePower();
        opened.clear();
        DirectoryOpening again = begin();
        assertEquals(new CleanStop(true, OptionalLong.of(7)), again.stop());
        assertEquals(9, again.offsets().recoveryPoints().get(NAME));
        assertEquals(5, again.offsets().highWatermarks().get(NAME));
        again.open(Runnable::run, this);
        Opening.Opened log = log();
        assertTrue(log.recovery().isNothing(), log.recovery().toString());
        assertEquals(9, log.loaded().end());
        assertEquals(1, log.loaded().producers().count());
        assertFalse(CleanStop.take(disk(), SimFiles.DATA).orThrow().clean(), "it counts once");
    }

    @Test
    void aStopThatFailsIsNoCleanOne() {
        write(9);
        DirectoryStop stop = stop();
        source.files.disk().failNext(DiskCall.FLUSH);
        assertInstanceOf(Result.Failed.class, stop.run());
        source.files.losePower();
        opened.clear();
        DirectoryOpening again = begin();
        assertFalse(again.stop().clean());
        again.open(Runnable::run, this);
        assertEquals(9, log().loaded().end());
    }

    @Test
    void aLogThatCannotBeStoppedKeepsNoOtherFromIt() {
        write(9);
        DirectoryStop sound = stop();
        Handover log = sound.logs().getFirst();
        PartitionName name = new PartitionName("gone", 0);
        Handover bad =
                new Handover(
                        new Handover.Place(name, SimFiles.DATA.resolve("gone-0")),
                        List.of(),
                        ByteBuffer.allocate(9),
                        new Handover.Offsets(8, OptionalLong.of(3), OptionalLong.empty()));
        OffsetCheckpoint.RECOVERY_POINT
                .write(disk(), SimFiles.DATA, new TreeMap<>(Map.of(NAME, 1L, name, 4L)))
                .orThrow();
        DiskSync whole = disk().wholeOf(SimFiles.DATA).orThrow();
        DirectoryStop stop = new DirectoryStop(disk(), SimFiles.DATA, List.of(bad, log), 7);
        assertInstanceOf(Result.Failed.class, stop.run(whole));
        source.files.losePower();
        DirectoryOpening again = begin();
        assertFalse(again.stop().clean());
        assertEquals(Map.of(NAME, 9L, name, 4L), again.offsets().recoveryPoints());
        assertEquals(3, again.offsets().starts().get(name));
    }

    @Test
    void whatIsStoppedAtOnceSurvivesTheLossOfPower() {
        write(9);
        DirectoryStop stop = stop();
        DiskSync whole = disk().wholeOf(SimFiles.DATA).orThrow();
        RealDisk.done(stop.run(whole));
        source.files.losePower();
        opened.clear();
        begin().open(Runnable::run, this);
        assertTrue(log().recovery().isNothing(), log().recovery().toString());
        assertEquals(9, log().loaded().end());
        assertEquals(1, log().loaded().producers().count());
    }

    @Test
    void aFlushThatFailsOpensNothing() {
        write(9);
        DirectoryOpening opening = begin();
        source.files.disk().failNext(DiskCall.FLUSH_WHOLE);
        opening.open(Runnable::run, this);
        assertTrue(opened.isEmpty());
        assertEquals(1, failed.size());
    }

    @Test
    void whoHasExpiredIsForgottenWhereALogIsReadThrough() {
        write(9);
        time.pass(ProducerLimits.USUAL.expirationMillis());
        begin().open(Runnable::run, this);
        assertEquals(9, log().loaded().end());
        assertEquals(0, log().loaded().producers().count());
    }

    @Test
    void aLogThatCannotBeOpenedKeepsNoOtherFromIt() {
        write(3);
        Path bad = SimFiles.DATA.resolve("bad-0");
        disk().createDirectories(bad).orThrow();
        disk().open(bad.resolve("nonsense.log"), Disk.OpenMode.CREATE).orThrow().close();
        String mark = "0123456789abcdef0123456789abcdef";
        disk().createDirectories(SimFiles.DATA.resolve("old-3." + mark + "-delete")).orThrow();
        disk().createDirectories(SimFiles.DATA.resolve("odd-3." + mark + "-stray")).orThrow();
        DirectoryOpening opening = begin();
        opening.open(Runnable::run, this);
        assertEquals(3, log().loaded().end());
        assertEquals(Fault.Kind.FORBIDDEN, Objects.requireNonNull(failed.get("bad-0")).kind());
        assertEquals(List.of("nonsense.log"), disk().list(bad).orThrow(), "nothing is touched");
        assertEquals(2, opening.waiting().size());
        assertInstanceOf(
                Result.Failed.class, DirectoryOpening.begin(disk(), SimFiles.DATA, time), "held");
    }
}
