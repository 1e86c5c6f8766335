package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.log.LogFileName.Kind;
import hallows.model.Outcome;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.simulation.DiskCall;
import java.util.List;
import org.junit.jupiter.api.Test;

/// When what is written is durable, and what readers see of it.
class LogUpkeepTest {
    private SimulatedLog made = new SimulatedLog(Durability.FSYNC);

    private void append(int from, int to) {
        for (int sequence = from; sequence < to; sequence++) {
            made.stage(sequence);
        }
        made.commit();
    }

    @Test
    void nobodySeesWhatALossOfPowerCanTakeBack() {
        append(0, 2);
        made.log.agreedUpTo(2);
        assertEquals(0, made.log.ends().highWatermark());
        assertTrue(made.log.needsUpkeep());
        made.keepUp(made.log.upkeep());
        assertEquals(2, made.log.ends().highWatermark());
        assertFalse(made.log.needsUpkeep());
        assertEquals("durable 2", made.told.getLast());
    }

    @Test
    void inThePageCacheWhatIsWrittenIsSeen() {
        made = new SimulatedLog(Durability.PAGE_CACHE);
        append(0, 2);
        made.log.agreedUpTo(2);
        assertEquals(2, made.log.ends().highWatermark());
        assertFalse(made.log.needsUpkeep());
        made.log.wantFlush();
        assertTrue(made.log.needsUpkeep());
        made.keepUp(made.log.upkeep());
        assertEquals(2, made.log.ends().durable());
    }

    @Test
    void aTransactionThatIsSeenAsSoonAsItIsWrittenHoldsNobodyBack() {
        made = new SimulatedLog(Durability.PAGE_CACHE);
        made.transaction(0);
        made.abort();
        made.log.agreedUpTo(2);
        made.commit();
        assertEquals(2, made.log.lastStableOffset());
    }

    @Test
    void aTransactionThatIsSeenByWhatIsConfiguredHoldsNobodyBack() {
        made.transaction(0);
        made.abort();
        made.commit();
        made.log.agreedUpTo(2);
        assertEquals(0, made.log.lastStableOffset());
        made.log.options(SimulatedLog.options(Durability.PAGE_CACHE));
        assertEquals(2, made.log.lastStableOffset());
    }

    @Test
    void whatIsWrittenAfterTheBeginningIsNotDurableByIt() {
        append(0, 1);
        Upkeep upkeep = made.log.upkeep();
        append(1, 2);
        made.keepUp(upkeep);
        assertEquals(1, made.log.ends().durable());
        assertTrue(made.log.needsUpkeep());
    }

    @Test
    void aFailedFlushAcknowledgesNothingAndIsNotTriedAgain() {
        append(0, 1);
        made.keepUp(made.log.upkeep());
        append(1, 2);
        made.log.agreedUpTo(2);
        made.files.disk().failNext(DiskCall.FLUSH);
        made.keepUp(made.log.upkeep());
        assertEquals("failed 1", made.told.getLast());
        assertEquals(1, made.log.ends().highWatermark());
        assertInstanceOf(Outcome.Refused.class, made.stage(2));
        assertFalse(made.log.needsUpkeep());
        made.keepUp(made.log.upkeep());
        assertEquals(1, made.log.ends().durable());
    }

    @Test
    void whatAFailedWriteLeftIsNotCutBesideAFlush() {
        append(0, 1);
        Upkeep upkeep = made.log.upkeep();
        made.files.disk().failNext(DiskCall.WRITE);
        made.stage(1);
        assertNull(made.log.commit());
        made.keepUp(upkeep);
        Chore cut = assertInstanceOf(Cut.class, made.log.commit());
        made.keepUp(made.log.upkeep());
        made.log.done(cut, cut.run());
        assertEquals("rolled back 1 IO_ERROR", made.told.getLast());
        append(1, 2);
        made.keepUp(made.log.upkeep());
        assertEquals(2, made.log.ends().durable());
    }

    @Test
    void aSegmentThatHasEndedBecomesDurableWithItsIndexes() {
        made = new SimulatedLog(Durability.PAGE_CACHE);
        append(0, 5);
        long recordBytes = made.fileBytes(0, Kind.RECORDS);
        assertTrue(made.log.needsUpkeep());
        made.keepUp(made.log.upkeep());
        assertEquals(4, made.log.ends().durable());
        made.files.losePower();
        assertEquals(recordBytes, made.fileBytes(0, Kind.RECORDS));
        assertEquals(3 * 8, made.fileBytes(0, Kind.OFFSET_INDEX));
        assertEquals(12, made.fileBytes(0, Kind.TIME_INDEX));
    }

    @Test
    void whatHasFoundNoRoomHoldsTheRecoveryPoint() {
        append(0, 9);
        Segments segments = made.log.loaded().segments();
        assertEquals(List.of(0L, 4L, 8L), List.copyOf(segments.bases()));
        segments.ended(segments.ending().get(1));
        assertEquals(3, RecoveryPoint.of(segments, 9));
    }

    @Test
    void aSegmentThatEndsWhileItIsFlushedIsFlushedAgain() {
        append(0, 4);
        Upkeep upkeep = made.log.upkeep();
        append(4, 5);
        made.keepUp(upkeep);
        assertEquals(4, made.log.ends().durable());
        made.keepUp(made.log.upkeep());
        made.files.losePower();
        assertEquals(3 * 8, made.fileBytes(0, Kind.OFFSET_INDEX));
    }

    @Test
    void anAbortedTransactionThatFindsNoRoomIsNotedLater() {
        made.transaction(0);
        made.commit();
        made.abort();
        NoteAborted note = assertInstanceOf(NoteAborted.class, made.log.commit());
        note.run();
        made.log.done(note, Result.failed(Fault.Kind.NO_SPACE, "full"));
        made.files.disk().delete(SimulatedLog.PLACE.resolve("00000000000000000000.txnindex"));
        assertEquals("rolled back 2 NO_SPACE", made.told.getLast());
        assertFalse(made.log.isSettled());
        made.transaction(1);
        made.commit();
        assertEquals(34, made.fileBytes(0, Kind.ABORTED_INDEX));
        assertEquals(3, made.log.ends().written());
    }

    @Test
    void aChoreThatEndsAfterItsLogHasFailedLeavesNothingOpen() {
        append(0, 4);
        Upkeep upkeep = made.log.upkeep();
        made.stage(4);
        RollOver roll = assertInstanceOf(RollOver.class, made.log.commit());
        Result<Result.Done> rolled = roll.run();
        made.log.keptUp(upkeep, Result.failed(Fault.Kind.IO_ERROR, "broken"));
        made.log.done(roll, rolled);
        assertNotNull(roll.made());
        assertEquals(List.of("written 4", "failed 0"), made.told);
        assertNull(made.log.commit());
        assertEquals(0, made.regions.lent());
    }
}
