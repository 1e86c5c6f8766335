package hallows.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTest {
    private static Series of(double... values) {
        Series series = new Series();
        for (double value : values) {
            series.add(value);
        }
        return series;
    }

    @Test
    void theMedianIsInTheMiddleOrBetweenTheTwoThere() {
        assertEquals(2, of(9, 2, 1).median());
        assertEquals(3, of(9, 2, 4, 1).median());
        assertEquals(7, of(7).median());
    }

    @Test
    void theSpreadIsAPartOfTheMedian() {
        Series series = of(8, 10, 13);
        assertEquals(8, series.min());
        assertEquals(13, series.max());
        assertEquals(0.5, series.spread());
    }

    @Test
    void ratiosAreMadeRoundByRound() {
        // In the middle of each, 4 and 8; of the rounds, 2, 0.5 and 0.5.
        assertEquals(List.of(2.0, 0.5, 0.5), of(16, 4, 1).ratioTo(of(8, 8, 2)).values());
    }

    @Test
    void anotherUnitLeavesTheSeriesAlone() {
        Series series = of(1, 2);
        assertEquals(List.of(1000.0, 2000.0), series.times(1000).values());
        assertEquals(List.of(1.0, 2.0), series.values());
    }
}
