package hallows.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final long MILLI = 1_000_000;
    private static final long BEGIN = 77_000 * MILLI;
    private static final Cost COST = new Cost(2, 0, 0, 0, 0);

    private final Tally tally = new Tally();

    private void answered(long millis) {
        tally.came(BEGIN + millis * MILLI, 20 * MILLI);
        tally.answered(BEGIN + millis * MILLI, 10, 1_000);
    }

    private Outcome end(long millis) {
        return tally.end(BEGIN + millis * MILLI, COST);
    }

    @Test
    void whatComesBeforeTheBeginningDoesNotCount() {
        answered(-50);
        tally.begin(BEGIN);
        answered(100);
        assertEquals(new Outcome.Done(0.5, 1, 10, 1_000, 100), end(500).done());
    }

    @Test
    void whatComesAfterTheEndDoesNotCount() {
        tally.begin(BEGIN);
        answered(10);
        Outcome _ = end(20);
        answered(30);
        assertEquals(1, end(40).done().requests());
    }

    @Test
    void theLongestStallIsTheLongestTimeInWhichNothingCame() {
        tally.begin(BEGIN);
        answered(40);
        answered(110);
        answered(130);
        assertEquals(70, end(140).done().stallMillis());
    }

    @Test
    void eachTenthOfASecondHasItsCount() {
        tally.begin(BEGIN);
        answered(50);
        answered(120);
        answered(199);
        answered(350);
        assertEquals(List.of(1L, 2L, 0L), end(399).ticks());
    }

    @Test
    void latenciesAreThoseOfWhatCame() {
        tally.begin(BEGIN);
        answered(50);
        assertEquals(20_000, end(60).latency().micros(0.5));
    }

    @Test
    void figuresOfATurnAreMadeFromItsCounts() {
        tally.begin(BEGIN);
        answered(100);
        answered(200);
        Outcome outcome = end(500);
        assertEquals(4, outcome.requestsPerSecond());
        assertEquals(40, outcome.recordsPerSecond());
        assertEquals(0.004, outcome.megabytesPerSecond(), 1e-12);
        assertEquals(1e6, outcome.cpuMicrosPerRequest());
        assertEquals(1e6, outcome.cpuSecondsPerGigabyte(), 1e-3);
        assertEquals(1e5, outcome.perMillionRecords(2), 1e-6);
    }
}
