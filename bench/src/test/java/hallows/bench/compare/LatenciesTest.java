package hallows.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    private static Latencies of(LongStream nanos) {
        Latencies latencies = new Latencies();
        nanos.forEach(latencies::record);
        return latencies;
    }

    @Test
    void aPartOfAllDidNotTakeLonger() {
        Latencies latencies = of(LongStream.rangeClosed(1, 60));
        assertEquals(0.001, latencies.micros(0));
        assertEquals(0.015, latencies.micros(0.25));
        assertEquals(0.030, latencies.micros(0.5));
        assertEquals(0.054, latencies.micros(0.9));
        assertEquals(0.060, latencies.micros(0.999));
        assertEquals(0.060, latencies.micros(1));
    }

    @Test
    void oneInAThousandShowsAtTheEndOnly() {
        Latencies latencies = of(LongStream.concat(LongStream.range(0, 999).map(_ -> 10), one(50)));
        assertEquals(0.010, latencies.micros(0.999));
        assertEquals(0.050, latencies.micros(0.9991));
    }

    private static LongStream one(long nanos) {
        return LongStream.of(nanos);
    }

    @Test
    void everyTimeIsKnownToHalfAPartIn64() {
        for (long nanos = 1; nanos > 0 && nanos < Long.MAX_VALUE / 5; nanos = nanos * 5 / 4 + 1) {
            // A longer one beside it, which would hide that a place is rounded up.
            Latencies latencies = of(LongStream.of(nanos, Long.MAX_VALUE));
            double measured = latencies.micros(0.5) * 1e3;
            assertEquals((double) nanos, measured, nanos / 128.0 + 1);
        }
    }

    @Test
    void nothingTakesLongerThanTheLongest() {
        Latencies latencies = of(LongStream.of(1_000_001, 1_000_000));
        assertTrue(latencies.micros(1) <= 1_000.001, () -> "is " + latencies.micros(1));
    }

    @Test
    void clocksThatStandStillCountAsNothing() {
        assertEquals(0, of(one(-5)).micros(1));
    }

    @Test
    void withoutAnyThereIsNoLatency() {
        assertEquals(Double.NaN, new Latencies().micros(0.5));
    }
}
