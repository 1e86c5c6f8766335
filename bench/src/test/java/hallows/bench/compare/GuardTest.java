package hallows.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.bench.Series;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuardTest {
    private static final Figure LATENCY = Figure.latency(0.25, 0.5);
    private static final Figure RATE = Sample.RATE;

    /// The ratios of some rounds.
    private static boolean isWorse(Figure figure, double... ratios) {
        Series now = new Series();
        Series before = new Series();
        for (double ratio : ratios) {
            now.add(ratio * 8);
            before.add(8);
        }
        return Guard.isWorse(new Comparison.Verdict(figure, now, before));
    }

    @Test
    void moreTimeInAllRoundsIsWorse() {
        assertTrue(isWorse(LATENCY, 1.05, 1.2, 1.3));
        assertFalse(isWorse(LATENCY, 0.5, 0.6, 0.7));
    }

    @Test
    void fewerRecordsInAllRoundsAreWorse() {
        assertTrue(isWorse(RATE, 0.95, 0.8, 0.7));
        assertFalse(isWorse(RATE, 1.5, 1.6, 1.7));
    }

    @Test
    void whatIsBetterInOneRoundIsNoise() {
        assertFalse(isWorse(LATENCY, 0.99, 1.5, 1.6));
        assertFalse(isWorse(RATE, 1.01, 0.5, 0.4));
    }

    @Test
    void aTenthIsTolerated() {
        assertFalse(isWorse(LATENCY, 1.05, 1.09, 1.2));
        assertFalse(isWorse(RATE, 0.95, 0.92, 0.8));
    }

    @Test
    void theTenPathsAreRowsWithLimits() {
        List<Row> rows = CompareOptions.of(List.of(), Path.of("target"), Guard.PATHS).rows();
        assertEquals(10, rows.size());
        assertTrue(
                rows.stream()
                        .flatMap(row -> row.figures().stream())
                        .noneMatch(figure -> figure.limit().equals(Figure.Limit.NONE)));
    }

    @Test
    void whoNamesNoCommitIsToldTo() {
        for (List<String> words : List.of(List.<String>of(), List.of("--quick"))) {
            IllegalArgumentException refusal =
                    assertThrows(IllegalArgumentException.class, () -> Guard.run(words));
            String said = String.valueOf(refusal.getMessage());
            assertTrue(said.contains("./hallows bench guard HEAD~1"), said);
        }
    }
}
