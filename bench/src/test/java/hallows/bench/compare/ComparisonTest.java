package hallows.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    @Test
    void everyFigureHasAVerdictOverAllRounds() {
        List<Comparison.Verdict> verdicts =
                Sample.faster(Sample.RATE, Figure.latency(0.5, 0.5)).verdicts();
        assertEquals(2, verdicts.size());
        assertEquals(List.of(300.0, 800.0), verdicts.getFirst().ours().values());
        assertEquals(List.of(100.0, 200.0), verdicts.getFirst().theirs().values());
        assertEquals(List.of(3.0, 4.0), verdicts.getFirst().ratio().values());
        assertEquals(List.of(0.25, 0.25), verdicts.getLast().ratio().values());
    }

    @Test
    void theMiddleOfTheRoundsDecides() {
        assertTrue(rateOfFasterHolds(3.5));
        assertFalse(rateOfFasterHolds(3.51));
    }

    private static boolean rateOfFasterHolds(double ratio) {
        Figure figure = Figure.atLeast(ratio, "records/s", Outcome::recordsPerSecond);
        return Sample.faster(figure).verdicts().getFirst().holds();
    }

    @Test
    void aRunHoldsWhenAllOfItDoes() {
        Comparison good = Sample.faster(Sample.RATE, Sample.RATE);
        assertTrue(Sample.measured(good, good).holds());
        assertFalse(Sample.measured(good, Sample.alike(Sample.RATE)).holds());
        assertTrue(Sample.measured(good, Sample.alike(Figure.latency(0.5))).holds());
    }
}
