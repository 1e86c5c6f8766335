package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import hallows.model.ErrorCode;
import hallows.model.Outcome;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// A log whose beginning is given up.
class LogStartTest {
    private final SimulatedLog made = new SimulatedLog(Durability.PAGE_CACHE);
    private final Log log = made.log;

    private void append(int from, int to) {
        for (int sequence = from; sequence < to; sequence++) {
            made.stage(sequence);
        }
        made.commit();
    }

    @Test
    void whatIsGivenUpIsOutOfRangeAndWrittenDown() {
        append(0, 10);
        log.agreedUpTo(8);
        assertEquals(OptionalLong.empty(), log.offsets().start());
        assertNull(log.startAt(6));
        assertEquals(6, log.ends().start());
        assertNull(log.lookup(new Lookup.Question(5, 1_000, 8, true)));
        assertNotNull(log.lookup(new Lookup.Question(6, 1_000, 8, true)));
        assertEquals(OptionalLong.of(6), log.offsets().start());
        assertEquals(List.of(new LeaderEpochs.EpochStart(0, 6)), log.epochs().entries());
    }

    @Test
    void whatReadersHaveNotSeenIsNotGivenUp() {
        append(0, 10);
        log.agreedUpTo(8);
        Outcome.Refused refused = assertInstanceOf(Outcome.Refused.class, log.startAt(9));
        assertEquals(ErrorCode.OFFSET_OUT_OF_RANGE, refused.error());
        assertEquals(0, log.ends().start());
    }

    @Test
    void aLogNeverBeginsLowerThanBefore() {
        append(0, 10);
        log.agreedUpTo(10);
        assertNull(log.startAt(7));
        assertNull(log.startAt(3));
        assertEquals(7, log.ends().start());
    }

    @Test
    void anEpochThatIsOnlyStagedDoesNotTakeTheOneBeforeItAway() {
        append(0, 2);
        log.agreedUpTo(2);
        log.stage(made.regions.of(made.batch(2)), Appender.CLIENT, 5);
        assertNull(log.startAt(2));
        log.truncateTo(2);
        assertEquals(0, log.epochs().latestEpoch());
    }

    @Test
    void aTruncationThatIsUnderwayKeepsWhatIsGivenUpMeanwhile() {
        append(0, 10);
        log.agreedUpTo(8);
        log.truncateTo(9);
        Chore cut = assertInstanceOf(Truncate.class, log.commit());
        assertNull(log.startAt(5));
        log.done(cut, cut.run());
        assertEquals(5, log.ends().start());
        assertEquals(List.of(new LeaderEpochs.EpochStart(0, 5)), log.epochs().entries());
    }

    @Test
    void aLogThatIsCutBelowItsStartBeginsThere() {
        append(0, 10);
        log.agreedUpTo(8);
        assertNull(log.startAt(8));
        log.truncateTo(3);
        made.commit();
        assertEquals(3, log.ends().start());
        assertEquals(3, log.ends().highWatermark());
        assertEquals(3, log.offsets().cappedAt(3).start().orElse(3));
    }
}
