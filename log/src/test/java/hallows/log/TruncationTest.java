package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.log.kafka.Codecs;
import hallows.model.Outcome;
import hallows.runtime.Result;
import hallows.simulation.DiskCall;
import hallows.simulation.Seeds;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A log from which something is taken back.
class TruncationTest {
    private final SimulatedLog made = new SimulatedLog(Durability.FSYNC);
    private final Log log = made.log;

    private void append(int from, int to) {
        for (int sequence = from; sequence < to; sequence++) {
            made.stage(sequence);
        }
        made.commit();
    }

    private Stream<String> names(String suffix) {
        return made.files.disk().list(SimulatedLog.PLACE).orThrow().stream()
                .filter(name -> name.endsWith(suffix));
    }

    @Test
    void whatIsTakenBackComesAgainWithOtherRecords() {
        append(0, 10);
        log.truncateTo(6);
        made.commit();
        assertEquals("truncated 6", made.told.getLast());
        assertEquals(
                List.of("00000000000000000000.log", "00000000000000000004.log"),
                names(".log").toList());
        assertEquals(new Outcome.Staged(6, 6, -1), made.stage(6));
        made.commit();
        assertEquals(7, log.ends().written());
    }

    @Test
    void itIsGoneForGood() {
        append(0, 10);
        made.keepUp(log.upkeep());
        log.truncateTo(5);
        made.commit();
        made.files.losePower();
        Opening.Known known = new Opening.Known(false, 5, 0);
        Opening.Opened opened = opened(known);
        assertEquals(5, opened.loaded().end());
    }

    @Test
    void whatIsStagedIsForgotten() {
        append(0, 2);
        made.stage(2);
        log.truncateTo(9);
        assertEquals("truncated 2", made.told.getLast());
        assertEquals(0, made.regions.lent());
        assertEquals(new Outcome.Staged(2, 2, -1), made.stage(2));
    }

    @Test
    void aCutWaitsForAFlushAndLetsNoOtherBegin() {
        append(0, 3);
        Upkeep upkeep = log.upkeep();
        log.truncateTo(1);
        assertNull(log.commit());
        assertFalse(log.needsUpkeep());
        made.keepUp(upkeep);
        Chore cut = assertInstanceOf(Truncate.class, log.commit());
        log.done(cut, cut.run());
        assertEquals(1, log.ends().durable());
        assertEquals(1, log.ends().written());
    }

    @Test
    void belowAllSegmentsItBeginsAnew() {
        append(0, 3);
        log.restartAt(50);
        made.commit();
        assertEquals("truncated 50", made.told.getLast());
        assertEquals(50, log.ends().start());
        assertEquals(List.of("00000000000000000050.log"), names(".log").toList());
        assertEquals(new Outcome.Staged(50, 50, -1), made.stage(0));
    }

    @Test
    void aCutThatFailsEndsTheLog() {
        append(0, 3);
        log.truncateTo(1);
        made.files.disk().failNext(DiskCall.TRUNCATE);
        made.commit();
        assertEquals("failed 0", made.told.getLast());
        assertInstanceOf(Outcome.Refused.class, made.stage(3));
    }

    /// Offsets are in no checksum: where a batch seems to end may be what a read has made of it.
    @Test
    void aBitThatIsTurnedOnItsWayCostsNothingBelowTheCut() {
        Seeds.forEach(
                TruncationTest.class,
                300,
                seed -> {
                    SimulatedLog hurt = new SimulatedLog(Durability.FSYNC, new SimFiles(seed));
                    IntStream.range(0, 3).forEach(hurt::stage);
                    hurt.commit();
                    long kept = hurt.fileBytes(0, LogFileName.Kind.RECORDS);
                    hurt.stage(3);
                    hurt.commit();
                    hurt.log.truncateTo(3);
                    Path records = SimulatedLog.PLACE.resolve("00000000000000000000.log");
                    hurt.files.disk().flipReads(records, 0, Long.MAX_VALUE);
                    hurt.commit();
                    assertTrue(
                            hurt.fileBytes(0, LogFileName.Kind.RECORDS) >= kept,
                            () -> "it was cut too low: " + hurt.told);
                });
    }

    @Test
    void aTransactionThatAllReplicasHaveHoldsNobodyBackAfterACut() {
        made.transaction(0);
        made.abort();
        append(0, 2);
        made.keepUp(log.upkeep());
        log.agreedUpTo(2);
        assertEquals(2, log.producers().lastStableOffset(2, 0));
        log.truncateTo(3);
        made.commit();
        assertEquals(2, log.producers().lastStableOffset(2, 0));
    }

    @Test
    void aTransactionWhoseEndMayBeCutYetIsNotStableAfterAnyNumberOfCuts() {
        made.transaction(0);
        made.abort();
        made.commit();
        append(0, 2);
        made.keepUp(log.upkeep());
        log.agreedUpTo(1);
        log.truncateTo(3);
        log.truncateTo(3);
        made.commit();
        made.commit();
        assertEquals(0, log.producers().lastStableOffset(1, 0));
        log.agreedUpTo(2);
        assertEquals(2, log.producers().lastStableOffset(2, 0));
    }

    @Test
    void whatIsAskedForWhileALogIsCutIsDoneThen() {
        append(0, 10);
        log.truncateTo(6);
        Chore cut = assertInstanceOf(Truncate.class, log.commit());
        log.truncateTo(3);
        log.done(cut, cut.run());
        assertEquals("truncated 6", made.told.getLast());
        made.commit();
        assertEquals("truncated 3", made.told.getLast());
        assertEquals(3, log.ends().written());
    }

    @Test
    void whatACutLeavesIsDurableInAllItsSegments() {
        append(0, 10);
        log.truncateTo(5);
        made.commit();
        made.files.losePower();
        assertEquals(5, opened(new Opening.Known(false, 0, 0)).loaded().end());
    }

    @Test
    void aCutThatFindsNoRoomIsTriedAgain() {
        append(0, 3);
        log.truncateTo(1);
        made.files.disk().capacity(0);
        Chore cut = assertInstanceOf(Truncate.class, log.commit());
        log.done(cut, cut.run());
        assertEquals("rolled back 3 NO_SPACE", made.told.getLast());
        made.files.disk().capacity(Long.MAX_VALUE);
        made.commit();
        assertEquals("truncated 1", made.told.getLast());
    }

    @Test
    void aRoundThatFoundNothingToDoBesideACutSaysNothingOfItsEnd() {
        append(0, 3);
        made.keepUp(log.upkeep());
        log.truncateTo(1);
        Chore cut = assertInstanceOf(Truncate.class, log.commit());
        Upkeep nothing = log.upkeep();
        log.done(cut, cut.run());
        log.keptUp(nothing, Result.DONE);
        assertEquals(1, log.ends().durable());
    }

    @Test
    void aLogThatWasCutWithinABatchAndMovedMayStillLeaveAGap() {
        append(0, 4);
        made.keepUp(log.upkeep());
        Log moved = cutWithinABatch();
        moved.stage(made.regions.of(made.batch(4)), Appender.CLIENT, 0);
        RollOver roll = assertInstanceOf(RollOver.class, moved.commit());
        assertEquals(6, roll.base());
        assertTrue(roll.mayLeaveGap(), "its recovery point is written down first");
    }

    @Test
    void aLogThatWasCutWithinABatchIsStoppedWithWhatItsFilesHave() {
        append(0, 4);
        made.keepUp(log.upkeep());
        Handover stopped = cutWithinABatch().handOver(new PartitionName("t", 0));
        assertEquals(4, stopped.offsets().recoveryPoint());
    }

    /// As if its last batch had gone on to offset 8 and was cut at 6.
    private Log cutWithinABatch() {
        return opened(new Opening.Known(true, 6, 0, 6))
                .log(
                        new Log.Surroundings(
                                made.files.disk(),
                                SimulatedLog.PLACE,
                                new HandTime(),
                                new Intake(new Codecs()),
                                new RecentFiles(made.files.disk(), 8)),
                        SimulatedLog.options(Durability.FSYNC),
                        made);
    }

    private Opening.Opened opened(Opening.Known known) {
        return new Opening(
                        new Opening.Place(made.files.disk(), SimulatedLog.PLACE, new HandTime()),
                        SimulatedLog.options(Durability.FSYNC),
                        known)
                .run()
                .orThrow();
    }
}
