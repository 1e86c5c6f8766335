package hallows.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class LadderTest {
    private static Comparison step(int perSecond, Outcome ours, Outcome theirs) {
        return new Comparison(RowSet.named("ladder-" + perSecond), List.of(ours), List.of(theirs));
    }

    /// Half take the one time, half the other.
    private static Outcome outcome(double usual, double seldom) {
        Outcome outcome = Sample.outcome(1, usual);
        outcome.latency().record((long) (seldom * 1e3));
        return outcome;
    }

    @Test
    void aParagraphNamesTheLoadsAtWhichItHolds() {
        assertEquals(
                """
                Our median is at most 75 microseconds at 100, 1,000 and 5,000 a second.
                Our median is at least 30 times lower than Kafka's at 100 and 50,000 a second; \
                our 99th percentile at 1,000 a second.
                """,
                Ladder.words(
                        List.of(
                                step(100, outcome(50, 100), outcome(1_600, 2_000)),
                                step(1_000, outcome(60, 100), outcome(1_000, 4_000)),
                                step(5_000, outcome(74, 100), outcome(100, 200)),
                                step(50_000, outcome(90, 100), outcome(2_900, 2_950)))));
    }

    @Test
    void nowhereIsSaid() {
        assertEquals(
                """
                Our median is at most 75 microseconds at none of these loads.
                Our median is at least 30 times lower than Kafka's at none of these loads; \
                our 99th percentile at none of these loads.
                """,
                Ladder.words(List.of(step(100, outcome(80, 80), outcome(80, 80)))));
    }

    @Test
    void withoutAStepThereIsNothingToSay() {
        assertEquals("", Ladder.words(List.of(Sample.faster(Figure.latency(0.5)))));
    }
}
