package hallows.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PageTextTest {
    private static final String PAGE =
            PageText.of(
                    Sample.measured(
                            Sample.faster(Sample.RATE),
                            Sample.alike(Sample.RATE, Figure.latency(0.5))));

    private static long count(String text, String what) {
        return Pattern.compile(what, Pattern.LITERAL).matcher(text).results().count();
    }

    @Test
    void wordsAreNoMarkup() {
        assertTrue(PAGE.contains("100 B &amp; \"&lt;more&gt;\""), PAGE);
        assertTrue(PAGE.contains("of \"sand\" &amp; &lt;glass&gt;"), PAGE);
        assertFalse(PAGE.contains("<more>"), PAGE);
    }

    @Test
    void everyRowHasATitleItsFiguresAndTwoCharts() {
        assertEquals(2, count(PAGE, "<h2>"));
        assertTrue(PAGE.contains("<h2>alike</h2>"), PAGE);
        assertEquals(3, count(PAGE, "<tr"));
        assertEquals(4, count(PAGE, "<svg"));
    }

    @Test
    void everyTurnIsALine() {
        assertEquals(2 * (2 + 1), count(PAGE, "<polyline class=\"ours\""));
        assertEquals(2 * (2 + 1), count(PAGE, "<polyline class=\"theirs\""));
    }

    @Test
    void whatDoesNotHoldStandsOut() {
        assertEquals(1, count(PAGE, "<tr class=\"no\"><td>records/s</td>"));
        assertEquals(1, count(PAGE, "class=\"no\""));
    }

    @Test
    void aChartReachesFromItsFootToItsTop() {
        Chart chart = new Chart("rates", List.of(List.of(0.0, 50.0, 100.0)), List.of(), false);
        assertTrue(
                chart.svg().contains("points=\"0.0,200.0 240.0,110.0 480.0,20.0 \""), chart.svg());
        assertTrue(chart.svg().contains("rates, up to 100"), chart.svg());
    }

    @Test
    void aLogarithmicChartRisesAsMuchForEachTenfold() {
        Chart chart = new Chart("us", List.of(), List.of(List.of(1.0, 10.0, 100.0)), true);
        assertTrue(
                chart.svg().contains("points=\"0.0,200.0 240.0,110.0 480.0,20.0 \""), chart.svg());
    }

    @Test
    void whatIsNoNumberLiesAtTheFoot() {
        Chart chart = new Chart("us", List.of(List.of(Double.NaN)), List.of(List.of(100.0)), true);
        assertTrue(chart.svg().contains("class=\"ours\" points=\"0.0,200.0 \""), chart.svg());
    }
}
