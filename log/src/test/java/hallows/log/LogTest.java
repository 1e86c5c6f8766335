package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.log.LogFileName.Kind;
import hallows.model.ErrorCode;
import hallows.model.Outcome;
import hallows.runtime.Result;
import hallows.simulation.DiskCall;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.junit.jupiter.api.Test;

/// What a log does when its disk does not do what it is asked to.
class LogTest {
    private static final long PLENTY = 1 << 20;

    private final SimulatedLog made = new SimulatedLog(Durability.FSYNC);
    private final Log log = made.log;

    private void append(int from, int to) {
        for (int sequence = from; sequence < to; sequence++) {
            made.stage(sequence);
        }
        made.commit();
    }

    private long recordBytes(long base) {
        return made.fileBytes(base, Kind.RECORDS);
    }

    @Test
    void whatDoesNotFitIsTakenBackWholeAndComesAgainWhenThereIsRoom() {
        append(0, 1);
        long bytes = recordBytes(0);
        made.files.disk().capacity(2 * bytes + 200);
        assertEquals(new Outcome.Staged(1, 1, -1), made.stage(1));
        assertEquals(new Outcome.Staged(2, 2, -1), made.stage(2));
        made.commit();
        assertEquals(List.of("written 1", "rolled back 1 NO_SPACE"), made.told);
        assertEquals(bytes, recordBytes(0), "a batch that fitted is not in the log either");
        assertEquals(0, made.regions.lent());
        made.files.disk().capacity(PLENTY);
        assertEquals(new Outcome.Staged(1, 1, -1), made.stage(1), "its producer may try again");
        made.commit();
        assertEquals(2, log.ends().written());
    }

    @Test
    void nothingIsTakenInAfterAFailureThatCannotBeUndone() {
        append(0, 1);
        made.stage(1);
        made.files.disk().failNext(DiskCall.WRITE);
        made.files.disk().failNext(DiskCall.TRUNCATE);
        made.commit();
        assertEquals("failed 0", made.told.getLast());
        Outcome.Refused refused = assertInstanceOf(Outcome.Refused.class, made.stage(1));
        assertEquals(ErrorCode.KAFKA_STORAGE_ERROR, refused.error());
        assertEquals(0, made.regions.lent());
    }

    @Test
    void aSegmentThatCannotBeMadeIsMadeLater() {
        append(0, 3);
        made.stage(3);
        made.stage(4);
        made.files.disk().failNext(DiskCall.OPEN);
        made.commit();
        assertEquals(4, log.ends().written());
        assertEquals("rolled back 4 IO_ERROR", made.told.getLast());
        assertEquals(new Outcome.Staged(4, 4, -1), made.stage(4));
        made.commit();
        assertEquals(5, log.ends().written());
        assertEquals(recordBytes(0) / 4, recordBytes(4));
    }

    @Test
    void aFailedRollLeavesNothingBehind() {
        RollOver roll =
                new RollOver(
                        made.files.disk(),
                        SimulatedLog.PLACE,
                        new RollOver.Next(4, new IndexLimits(100, 1 << 20), false),
                        null);
        // The directory, after all has been made in it.
        made.files.disk().failNext(DiskCall.FLUSH);
        assertInstanceOf(Result.Failed.class, roll.run());
        assertTrue(roll.isUndone());
        assertEquals(
                List.of("00000000000000000000.log"),
                made.files.disk().list(SimulatedLog.PLACE).orThrow().stream()
                        .filter(name -> name.endsWith(".log"))
                        .toList());
    }

    @Test
    void aFailedRollTakesNoSnapshotAlongThatWasThereBefore() {
        String snapshot = new LogFileName(4, Kind.SNAPSHOT).toString();
        WholeFile.replace(made.files.disk(), SimulatedLog.PLACE.resolve(snapshot), "known")
                .orThrow();
        RollOver roll =
                new RollOver(
                        made.files.disk(),
                        SimulatedLog.PLACE,
                        new RollOver.Next(4, new IndexLimits(100, 1 << 20), false),
                        null);
        made.files.disk().failNext(DiskCall.OPEN);
        assertInstanceOf(Result.Failed.class, roll.run());
        assertTrue(
                made.files.disk().list(SimulatedLog.PLACE).orThrow().contains(snapshot),
                "its log does not write it again");
    }

    @Test
    void aFullDiskIsCalledThatWhenASegmentIsMadeToo() {
        append(0, 4);
        made.files.disk().capacity(recordBytes(0));
        made.stage(4);
        made.commit();
        assertEquals("rolled back 4 NO_SPACE", made.told.getLast());
        made.files.disk().capacity(PLENTY);
        assertEquals(new Outcome.Staged(4, 4, -1), made.stage(4));
        made.commit();
        assertEquals(5, log.ends().written());
    }

    @Test
    void whileSomethingIsDoneElsewhereBatchesAreStagedAndNotWritten() {
        append(0, 1);
        for (int sequence = 1; sequence < 5; sequence++) {
            made.stage(sequence);
        }
        Chore roll = Objects.requireNonNull(log.commit());
        assertEquals(4, log.ends().written());
        assertNull(log.commit(), "one at a time");
        assertEquals(new Outcome.Staged(5, 5, -1), made.stage(5));
        assertEquals(4, log.ends().written());
        log.done(roll, roll.run());
        made.commit();
        assertEquals(6, log.ends().written());
        assertNotNull(log.producers().producer(7));
    }

    @Test
    void aFullIndexEndsItsSegmentAlsoWhereSomethingIsStaged() {
        append(0, 4);
        log.options(SimulatedLog.options(Durability.FSYNC, new IndexLimits(100, 24)));
        // The second batch of the next segment makes the only entry that its time index takes.
        append(4, 6);
        log.stage(made.regions.of(made.batch(6)), Appender.CLIENT, 1);
        made.commit();
        assertEquals(recordBytes(0) / 4, recordBytes(6), "the epoch was staged before its batch");
    }

    @Test
    void aSegmentIsAsItWasConfiguredWhenItWasStaged() {
        append(0, 4);
        made.stage(4);
        log.options(SimulatedLog.options(Durability.FSYNC, new IndexLimits(100, 24)));
        append(5, 6);
        append(6, 8);
        assertEquals(recordBytes(0), recordBytes(4), "its indexes are not full after two batches");
    }

    @Test
    void anEpochIsKeptBeforeItsFirstRecordIsWritten() {
        made.stage(0);
        Chore note = Objects.requireNonNull(log.commit());
        assertEquals(0, log.ends().written());
        log.done(note, note.run());
        made.files.losePower();
        assertEquals(
                log.epochs().entries(),
                RealDisk.whole(EpochCheckpoint.read(made.files.disk(), SimulatedLog.PLACE))
                        .entries());
    }

    @Test
    void aRolledBackBatchLeavesNoEpochBehind() {
        made.files.disk().failNext(DiskCall.WRITE);
        made.stage(0);
        assertEquals(0, log.epochs().latestEpoch());
        made.commit();
        assertEquals(LeaderEpochs.UNDEFINED_EPOCH, log.epochs().latestEpoch());
    }

    @Test
    void aReplicaKeepsTheOffsetsOfItsLeaderAndTakesNoneTwice() {
        assertEquals(new Outcome.Staged(5, 5, -1), replicate(0, 5, 3));
        made.commit();
        assertEquals(6, log.ends().written());
        assertEquals(3, log.epochs().latestEpoch());
        Outcome.Refused refused = assertInstanceOf(Outcome.Refused.class, replicate(1, 5, 3));
        assertEquals(ErrorCode.OFFSET_OUT_OF_RANGE, refused.error());
    }

    private Outcome replicate(int sequence, long offset, int epoch) {
        MemoryRecords records = MemoryRecords.readableRecords(made.batch(sequence));
        MutableRecordBatch batch = records.batches().iterator().next();
        batch.setLastOffset(offset);
        batch.setPartitionLeaderEpoch(epoch);
        return log.stage(made.regions.of(records.buffer()), Appender.REPLICATION, 3);
    }
}
