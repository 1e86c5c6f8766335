package hallows.runtime.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.BrokenInvariant;
import org.junit.jupiter.api.Test;

class SlidingWindowLimiterTest {
    private final HandClock clock = new HandClock(Long.MAX_VALUE - 130);
    private final SlidingWindowLimiter limiter =
            new SlidingWindowLimiter(clock, new Window(100, 10), 5);

    @Test
    void theLimitHoldsAcrossTheBordersOfSlotsAndTheWrapOfTheClock() {
        clock.advance(9);
        assertTrue(limiter.tryTake(5));
        clock.advance(100);
        assertFalse(limiter.tryTake(1));
        clock.advance(1);
        assertTrue(limiter.tryTake(5));
        clock.advance(99);
        assertFalse(limiter.tryTake(1));
    }

    @Test
    void permitsComeBackInTheOrderTheyWereGranted() {
        assertTrue(limiter.tryTake(2));
        clock.advance(50);
        assertTrue(limiter.tryTake(3));
        assertEquals(60, limiter.nanosUntil(2));
        assertEquals(110, limiter.nanosUntil(3));
        clock.advance(60);
        assertFalse(limiter.tryTake(3));
        assertTrue(limiter.tryTake(2));
    }

    @Test
    void theWaitEndsWhenThePermitsAreThere() {
        clock.advance(3);
        assertTrue(limiter.tryTake(5));
        long wait = limiter.nanosUntil(5);
        clock.advance(wait - 1);
        assertFalse(limiter.tryTake(1));
        clock.advance(1);
        assertEquals(0, limiter.nanosUntil(5));
        assertTrue(limiter.tryTake(5));
    }

    @Test
    void aLongSilenceForgetsEverything() {
        assertTrue(limiter.tryTake(5));
        clock.advance(1_000_000_000_000L);
        assertTrue(limiter.tryTake(5));
        assertFalse(limiter.tryTake(1));
    }

    @Test
    void moreThanTheLimitIsNeverGranted() {
        assertFalse(limiter.tryTake(6));
        assertFalse(limiter.tryTake(Long.MAX_VALUE));
        assertEquals(RateLimiter.NEVER, limiter.nanosUntil(6));
    }

    @Test
    void nonsenseIsRefused() {
        assertThrows(BrokenInvariant.class, () -> new Window(10, 0));
        assertThrows(BrokenInvariant.class, () -> new Window(10, 11));
        assertThrows(BrokenInvariant.class, () -> limiter.tryTake(0));
        assertThrows(
                BrokenInvariant.class, () -> new SlidingWindowLimiter(clock, new Window(10, 1), 0));
    }
}
