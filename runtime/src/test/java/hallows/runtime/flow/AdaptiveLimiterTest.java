package hallows.runtime.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.BrokenInvariant;
import org.junit.jupiter.api.Test;

class AdaptiveLimiterTest {
    private static final long GOAL = 100;

    private final HandClock clock = new HandClock(Long.MAX_VALUE - 5_000);
    private final AdaptiveLimiter limiter =
            new AdaptiveLimiter(clock, new AdaptiveOptions(16, 1024, GOAL, 1000));

    /// One window in which the limit is reached and all work takes `latencyNanos`.
    private void fullWindow(long latencyNanos) {
        long limit = limiter.limit();
        assertTrue(limiter.tryTake(limit - limiter.inFlight()));
        clock.advance(Math.max(1000, latencyNanos));
        for (long i = 0; i < limit; i++) {
            limiter.finished(1, latencyNanos);
        }
        assertEquals(0, limiter.inFlight());
    }

    @Test
    void theLimitBoundsTheWorkInFlight() {
        assertTrue(limiter.tryTake(16));
        assertFalse(limiter.tryTake(1));
        limiter.cancelled(1);
        assertTrue(limiter.tryTake(1));
        assertEquals(16, limiter.inFlight());
    }

    @Test
    void goodLatencyDoublesTheLimitUntilTheFirstTrouble() {
        fullWindow(GOAL);
        assertEquals(32, limiter.limit());
        fullWindow(GOAL);
        assertEquals(64, limiter.limit());
        fullWindow(GOAL + 1);
        assertEquals(48, limiter.limit());
        fullWindow(GOAL);
        assertEquals(50, limiter.limit());
    }

    @Test
    void badLatencyShrinksTheLimitToItsLeast() {
        for (int i = 0; i < 20; i++) {
            fullWindow(GOAL * 50);
        }
        assertEquals(16, limiter.limit());
    }

    @Test
    void goodLatencyGrowsTheLimitToItsMost() {
        for (int i = 0; i < 20; i++) {
            fullWindow(1);
        }
        assertEquals(1024, limiter.limit());
    }

    @Test
    void oneLatePieceInTwentyIsNoTrouble() {
        assertTrue(limiter.tryTake(10));
        limiter.cancelled(10);
        assertTrue(limiter.tryTake(16));
        clock.advance(999);
        limiter.finished(1, GOAL + 1);
        for (int i = 0; i < 15; i++) {
            limiter.finished(1, 1);
        }
        assertTrue(limiter.tryTake(4));
        for (int i = 0; i < 3; i++) {
            limiter.finished(1, 1);
        }
        clock.advance(1);
        limiter.finished(1, 1);
        assertEquals(32, limiter.limit());
    }

    @Test
    void oneDroppedPieceIsTrouble() {
        fullWindow(1);
        assertTrue(limiter.tryTake(20));
        clock.advance(1000);
        limiter.dropped(1, 1);
        for (int i = 0; i < 19; i++) {
            limiter.finished(1, 1);
        }
        assertEquals(24, limiter.limit());
    }

    @Test
    void aLimitNobodyRanIntoDoesNotGrow() {
        for (int i = 0; i < 100; i++) {
            assertTrue(limiter.tryTake(1));
            clock.advance(200);
            limiter.finished(1, 10);
        }
        assertEquals(16, limiter.limit());
    }

    @Test
    void oneTroubleShrinksTheLimitOnce() {
        fullWindow(1);
        fullWindow(1);
        assertTrue(limiter.tryTake(64));
        clock.advance(1000);
        for (int i = 0; i < 10; i++) {
            limiter.finished(1, 1000);
        }
        assertEquals(48, limiter.limit());
        for (int i = 0; i < 50; i++) {
            clock.advance(100);
            limiter.finished(1, 1000 + 100 * (i + 1));
        }
        assertEquals(48, limiter.limit());
    }

    @Test
    void moreThanTheLimitAtOnceGoesThroughAlone() {
        assertTrue(limiter.tryTake(100));
        assertFalse(limiter.tryTake(1));
        limiter.cancelled(100);
        assertFalse(limiter.tryTake(1025));
        assertEquals(RateLimiter.NEVER, limiter.nanosUntil(1025));
    }

    @Test
    void theWaitIsShorterWhenMoreWorkIsInFlight() {
        assertEquals(0, limiter.nanosUntil(16));
        assertTrue(limiter.tryTake(16));
        assertEquals(GOAL / 16, limiter.nanosUntil(1));
        assertEquals(GOAL / 2, limiter.nanosUntil(8));
        assertEquals(GOAL, limiter.nanosUntil(1000));
    }

    @Test
    void permitsComeBackOnce() {
        assertTrue(limiter.tryTake(1));
        limiter.finished(1, 1);
        assertThrows(BrokenInvariant.class, () -> limiter.finished(1, 1));
        assertThrows(BrokenInvariant.class, () -> limiter.cancelled(0));
    }

    @Test
    void nonsenseIsRefused() {
        assertThrows(BrokenInvariant.class, () -> new AdaptiveOptions(0, 1, 1, 1));
        assertThrows(BrokenInvariant.class, () -> new AdaptiveOptions(2, 1, 1, 1));
        assertThrows(BrokenInvariant.class, () -> new AdaptiveOptions(1, 1, 0, 1));
        assertThrows(BrokenInvariant.class, () -> new AdaptiveOptions(1, 1, 1, 0));
    }
}
