package hallows.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class DelayHistogramTest {
    private final DelayHistogram histogram = new DelayHistogram();

    @Test
    void anEmptyHistogramHasNoDelay() {
        assertEquals(0, histogram.quantileNanos(0.99));
    }

    @Test
    void aQuantileIsAtMostAnEighthTooHighAndNeverTooLow() {
        for (long nanos = 1; nanos < 1L << 60; nanos = nanos * 3 / 2 + 1) {
            DelayHistogram one = new DelayHistogram();
            one.record(nanos);
            long told = one.quantileNanos(0.5);
            assertTrue(told >= nanos && told - nanos <= nanos / 8, nanos + " told as " + told);
        }
    }

    @Test
    void quantilesCountFromTheLowest() {
        for (int i = 0; i < 99; i++) {
            histogram.record(10);
        }
        histogram.record(1_000_000);
        assertEquals(100, histogram.count());
        assertEquals(10, histogram.quantileNanos(0.99));
        assertTrue(histogram.quantileNanos(1.0) >= 1_000_000);
    }

    @Test
    void theLongestAndTheNegativeAreCounted() {
        histogram.record(Long.MAX_VALUE);
        histogram.record(-5);
        assertEquals(2, histogram.count());
        assertEquals(0, histogram.quantileNanos(0.5));
        assertEquals(Long.MAX_VALUE, histogram.quantileNanos(1.0));
    }
}
