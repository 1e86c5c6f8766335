package hallows.bench.floor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class FloorTest {
    @Test
    void aLineShowsTheMiddleAndTheEndsOfItsLaps() {
        String text =
                Floor.text(
                        new Appends(),
                        List.of(
                                new double[] {12.5, 3_000},
                                new double[] {10, 2_000},
                                new double[] {11, 1_234_567}),
                        0.031);
        assertEquals(
                List.of(
                        "append-fsync: " + new Appends().words() + "; others 0.03",
                        "  p50, us                       11.00         10.00 - 12.50",
                        "  p99.9, us                     3,000     2,000 - 1,234,567"),
                text.lines().toList());
    }

    @Test
    void linesHaveNamesOfTheirOwn() {
        List<String> names = Lines.all().stream().map(Line::name).toList();
        assertEquals(names.stream().distinct().toList(), names);
    }

    @Test
    void whoOnlyLooksAtTheClockSeesItsGaps() {
        double[] seen = Stalls.seen(0.01);
        assertTrue(seen[1] > 0, "the clock goes on");
        assertEquals(seen[1] > 1, seen[0] > 0, "what is long is counted, and nothing else");
    }
}
