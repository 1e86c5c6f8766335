package hallows.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FigureTest {
    @Test
    void atMostHoldsUpToItsRatio() {
        Figure.Limit limit = Figure.atMost(0.25, "p50", _ -> 0).limit();
        assertTrue(limit.holds(0.25));
        assertFalse(limit.holds(0.2501));
        assertFalse(limit.holds(Double.NaN));
        assertEquals("<= 0.250", limit.toString());
    }

    @Test
    void atLeastHoldsFromItsRatioOn() {
        Figure.Limit limit = Figure.atLeast(3, "records/s", _ -> 0).limit();
        assertTrue(limit.holds(3));
        assertFalse(limit.holds(2.999));
        assertFalse(limit.holds(Double.NaN));
        assertEquals(">= 3.00", limit.toString());
    }

    @Test
    void whatIsOnlyLookedAtHasNoLimit() {
        Figure.Limit limit = Figure.latency(0.5).limit();
        assertTrue(limit.holds(1e9));
        assertTrue(limit.holds(Double.NaN));
        assertEquals("-", limit.toString());
    }

    @Test
    void latenciesAreCalledByTheirPart() {
        assertEquals("p50, us", Figure.latency(1, 0.5).name());
        assertEquals("p99, us", Figure.latency(1, 0.99).name());
        assertEquals("p99.9, us", Figure.latency(1, 0.999).name());
        assertEquals("p100, us", Figure.latency(1, 1).name());
    }

    @Test
    void latenciesLookAtTheirPart() {
        Outcome outcome = Sample.outcome(1, 0.050);
        outcome.latency().record(20);
        assertEquals(0.020, Figure.latency(1, 0.5).value().applyAsDouble(outcome));
        assertEquals(0.050, Figure.latency(1, 0.99).value().applyAsDouble(outcome));
    }
}
