package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

class FlushChoiceTest {
    private static final int FILES = 64;
    private static final long MICRO = 1_000;

    /// A disk on which the ways take as long as they did where they were first measured.
    private static long usual(FlushWay way) {
        return switch (way) {
            case ONE_BY_ONE -> 8_500 * MICRO;
            case SIDE_BY_SIDE -> 2_200 * MICRO;
            case WHOLE -> 430 * MICRO;
        };
    }

    /// How rounds went.
    private static final class Tally {
        final Map<FlushWay, Integer> rounds = new EnumMap<>(FlushWay.class);
        long nanos;

        int of(FlushWay way) {
            return rounds.getOrDefault(way, 0);
        }
    }

    private static Tally play(FlushChoice choice, int rounds, ToLongFunction<FlushWay> disk) {
        Tally tally = new Tally();
        for (int i = 0; i < rounds; i++) {
            FlushWay way = choice.way(FILES);
            long nanos = disk.applyAsLong(way);
            choice.took(way, FILES, nanos);
            tally.rounds.merge(way, 1, Integer::sum);
            tally.nanos += nanos;
        }
        return tally;
    }

    @Test
    void oneFileIsFlushedByItself() {
        FlushChoice choice = new FlushChoice(true);
        for (int i = 0; i < 1_000; i++) {
            assertEquals(FlushWay.ONE_BY_ONE, choice.way(1));
            choice.took(FlushWay.ONE_BY_ONE, 1, 1_000_000_000);
            assertEquals(FlushWay.ONE_BY_ONE, choice.way(0));
        }
    }

    @Test
    void theCheapestIsChosenAndTrialsTakeASmallPartOfTheTime() {
        Tally tally = play(new FlushChoice(true), 10_000, FlushChoiceTest::usual);
        assertTrue(tally.of(FlushWay.WHOLE) > 9_800, "whole " + tally.of(FlushWay.WHOLE));
        assertTrue(tally.of(FlushWay.SIDE_BY_SIDE) > 10, "the others are tried now and then");
        assertTrue(tally.of(FlushWay.ONE_BY_ONE) > 2);
        long best = 10_000 * usual(FlushWay.WHOLE);
        assertTrue(tally.nanos < best * 1.05, "time " + (double) tally.nanos / best);
    }

    @Test
    void whatIsNotThereIsNotChosen() {
        Tally tally = play(new FlushChoice(false), 1_000, FlushChoiceTest::usual);
        assertEquals(0, tally.of(FlushWay.WHOLE));
        assertTrue(tally.of(FlushWay.SIDE_BY_SIDE) > 950);
    }

    @Test
    void aMachineThatIsOtherwiseIsLearned() {
        // One disk arm: nothing is gained side by side, and the journal is dear.
        ToLongFunction<FlushWay> arm =
                way ->
                        switch (way) {
                            case ONE_BY_ONE -> 9_000 * MICRO;
                            case SIDE_BY_SIDE -> 30_000 * MICRO;
                            case WHOLE -> 20_000 * MICRO;
                        };
        FlushChoice choice = new FlushChoice(true);
        play(choice, 100, arm);
        Tally tally = play(choice, 1_000, arm);
        assertTrue(
                tally.of(FlushWay.ONE_BY_ONE) > 950, "one by one " + tally.of(FlushWay.ONE_BY_ONE));
    }

    @Test
    void aHiccupChangesNothing() {
        FlushChoice choice = new FlushChoice(true);
        play(choice, 100, FlushChoiceTest::usual);
        choice.took(FlushWay.WHOLE, FILES, 20_000 * MICRO);
        Tally tally = play(choice, 1, FlushChoiceTest::usual);
        assertEquals(1, tally.of(FlushWay.WHOLE));
    }

    @Test
    void aNeighboursGigabytesAreLeftAtOnceAndForLong() {
        FlushChoice choice = new FlushChoice(true);
        play(choice, 100, FlushChoiceTest::usual);
        ToLongFunction<FlushWay> disturbed =
                way -> way == FlushWay.WHOLE ? 2_000_000 * MICRO : usual(way);

        Tally first = play(choice, 2, disturbed);
        assertEquals(1, first.of(FlushWay.WHOLE));
        assertEquals(FlushWay.SIDE_BY_SIDE, choice.way(4 * FILES), "nor with more files");
        Tally meanwhile = play(choice, 5_000, disturbed);
        assertEquals(0, meanwhile.of(FlushWay.WHOLE), "11 seconds are too few for another trial");

        // Half a second for each earlier trial that was worth it, then it is as before.
        play(choice, 100_000, FlushChoiceTest::usual);
        Tally again = play(choice, 1_000, FlushChoiceTest::usual);
        assertTrue(again.of(FlushWay.WHOLE) > 950, "whole " + again.of(FlushWay.WHOLE));
    }

    @Test
    void steadyTroubleIsPaidASmallPartOfTheTime() {
        FlushChoice choice = new FlushChoice(true);
        ToLongFunction<FlushWay> disturbed =
                way -> way == FlushWay.WHOLE ? 100_000 * MICRO : usual(way);
        Tally tally = play(choice, 100_000, disturbed);
        long best = 100_000 * usual(FlushWay.SIDE_BY_SIDE);
        assertTrue(tally.nanos < best * 1.05, "time " + (double) tally.nanos / best);
        assertTrue(tally.of(FlushWay.WHOLE) > 1, "and yet it is tried");
    }
}
