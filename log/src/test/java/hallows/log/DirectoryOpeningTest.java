package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.log.kafka.Codecs;
import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.simulation.DiskCall;
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
    private int flushers;
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
        return DirectoryOpening.begin(disk(), SimFiles.DATA, time, flushers).orThrow();
    }

    /// Opens what the source has left, ready to be stopped.
    private HeldDirectory opened() {
        DirectoryOpening directory = begin();
        directory.open(Runnable::run, this);
        Log log = served(log());
        log.agreedUpTo(5);
        directory.held().take(log.handOver(NAME));
        return directory.held();
    }

    private Log served(Opening.Opened found) {
        return found.log(
                new Log.Surroundings(
                        disk(),
                        SimulatedLog.PLACE,
                        time,
                        new Intake(new Codecs()),
                        new RecentFiles(disk(), 8)),
                SimulatedLog.options(Durability.FSYNC),
                source);
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
        RealDisk.done(opened().stop(7));
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
        HeldDirectory directory = opened();
        source.files.disk().failNext(DiskCall.FLUSH);
        assertInstanceOf(Result.Failed.class, directory.stop(7));
        source.files.losePower();
        opened.clear();
        DirectoryOpening again = begin();
        assertFalse(again.stop().clean());
        again.open(Runnable::run, this);
        assertEquals(9, log().loaded().end());
    }

    @Test
    void aLogThatIsNotHandedOverKeepsNoOtherFromIt() {
        write(9);
        PartitionName missing = new PartitionName("missing", 0);
        disk().createDirectories(SimFiles.DATA.resolve("missing-0")).orThrow();
        disk().syncDirectory(SimFiles.DATA).orThrow();
        OffsetCheckpoint.RECOVERY_POINT
                .write(disk(), SimFiles.DATA, Map.of(NAME, 1L, missing, 0L))
                .orThrow();
        OffsetCheckpoint.LOG_START.write(disk(), SimFiles.DATA, Map.of(missing, 3L)).orThrow();
        flushers = 1;
        assertInstanceOf(Result.Failed.class, opened().stop(7));
        source.files.losePower();
        DirectoryOpening again = begin();
        assertFalse(again.stop().clean());
        assertEquals(Map.of(NAME, 9L, missing, 0L), again.offsets().recoveryPoints());
        assertEquals(3, again.offsets().starts().get(missing));
    }

    @Test
    void theLinesOfPartitionsThatAreGoneGo() {
        write(9);
        PartitionName gone = new PartitionName("gone", 0);
        OffsetCheckpoint.RECOVERY_POINT
                .write(disk(), SimFiles.DATA, Map.of(NAME, 1L, gone, 4L))
                .orThrow();
        RealDisk.done(opened().stop(7));
        source.files.losePower();
        assertEquals(Map.of(NAME, 9L), begin().offsets().recoveryPoints());
    }

    @Test
    void aLogThatEndsBelowItsRecoveryPointLowersIt() {
        write(3);
        OffsetCheckpoint.RECOVERY_POINT.write(disk(), SimFiles.DATA, Map.of(NAME, 8L)).orThrow();
        begin().open(Runnable::run, this);
        assertEquals(3, log().loaded().end());
        source.files.losePower();
        assertEquals(3, begin().offsets().recoveryPoints().get(NAME));
    }

    @Test
    void aLogThatWasShortenedAfterAStopInGoodOrderSaysSo() {
        write(6);
        RealDisk.done(opened().stop(7));
        source.files.losePower();
        Path last = SimulatedLog.PLACE.resolve("00000000000000000004.log");
        DiskFile records = disk().open(last, Disk.OpenMode.READ_WRITE).orThrow();
        records.truncate(0).orThrow();
        records.close();
        opened.clear();
        begin().open(Runnable::run, this);
        assertEquals(4, log().loaded().end());
        assertEquals(2, log().recovery().offsetsMissing());
        assertFalse(log().recovery().isNothing());
    }

    @Test
    void aLogWhoseMiddleWasTakenAwaySaysSo() {
        write(9);
        RealDisk.done(opened().stop(7));
        source.files.losePower();
        disk().delete(SimulatedLog.PLACE.resolve("00000000000000000004.log")).orThrow();
        opened.clear();
        begin().open(Runnable::run, this);
        assertEquals(1, log().recovery().segmentsMissing());
        assertFalse(log().recovery().wasWhole());
    }

    @Test
    void aCheckpointThatCannotBeReadIsNamed() {
        write(3);
        for (OffsetCheckpoint checkpoint :
                List.of(
                        OffsetCheckpoint.RECOVERY_POINT,
                        OffsetCheckpoint.LOG_START,
                        OffsetCheckpoint.HIGH_WATERMARK)) {
            Path file = SimFiles.DATA.resolve(checkpoint.fileName());
            disk().createDirectories(file).orThrow();
            Fault fault =
                    assertInstanceOf(
                                    Result.Failed.class,
                                    DirectoryOpening.begin(disk(), SimFiles.DATA, time, 0))
                            .fault();
            assertTrue(fault.message().contains(file.toString()), fault::message);
            disk().delete(file).orThrow();
        }
    }

    @Test
    void whatIsStoppedAtOnceSurvivesTheLossOfPower() {
        write(9);
        flushers = 1;
        RealDisk.done(opened().stop(7));
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
        flushers = 1;
        DirectoryOpening opening = begin();
        source.files.disk().failNext(DiskCall.FLUSH_WHOLE);
        opening.open(Runnable::run, this);
        assertTrue(opened.isEmpty());
        assertEquals(1, failed.size());
        assertInstanceOf(
                Result.Failed.class,
                opening.held().believed(() -> Result.DONE).get(),
                "nor is a later one believed, of a log that was opened before");
    }

    @Test
    void aFlushAfterOneThatHasFailedALogInServiceOpensNothing() {
        write(9);
        flushers = 1;
        DirectoryOpening opening = begin();
        opening.held().failed(new Fault(Fault.Kind.IO_ERROR, "broken"));
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
                Result.Failed.class,
                DirectoryOpening.begin(disk(), SimFiles.DATA, time, 0),
                "held");
    }
}
