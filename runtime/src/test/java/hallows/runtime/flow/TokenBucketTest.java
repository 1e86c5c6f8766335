package hallows.runtime.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.BrokenInvariant;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final long SECOND = 1_000_000_000L;

    private final HandClock clock = new HandClock(0);

    @Test
    void aBurstGoesThroughAtOnceAndThenTheRateDecides() {
        TokenBucket bucket = new TokenBucket(clock, Rate.perSecond(10), 5);
        assertTrue(bucket.tryTake(5));
        assertFalse(bucket.tryTake(1));
        clock.advance(SECOND / 10 - 1);
        assertFalse(bucket.tryTake(1));
        clock.advance(1);
        assertTrue(bucket.tryTake(1));
        assertFalse(bucket.tryTake(1));
    }

    @Test
    void aTakerGetsAllOrNothing() {
        TokenBucket bucket = new TokenBucket(clock, Rate.perSecond(10), 5);
        assertTrue(bucket.tryTake(3));
        assertFalse(bucket.tryTake(3));
        assertTrue(bucket.tryTake(2));
    }

    @Test
    void whatIsNotTakenIsSavedUpToTheBurst() {
        TokenBucket bucket = new TokenBucket(clock, Rate.perSecond(10), 5);
        assertTrue(bucket.tryTake(5));
        clock.advance(100 * SECOND);
        assertTrue(bucket.tryTake(5));
        assertFalse(bucket.tryTake(1));
    }

    @Test
    void theWaitIsExactToTheNanosecond() {
        TokenBucket bucket = new TokenBucket(clock, Rate.perSecond(3), 2);
        assertEquals(0, bucket.nanosUntil(2));
        assertTrue(bucket.tryTake(2));
        assertEquals(333_333_334, bucket.nanosUntil(1));
        assertEquals(666_666_667, bucket.nanosUntil(2));
        clock.advance(333_333_333);
        assertFalse(bucket.tryTake(1));
        clock.advance(1);
        assertTrue(bucket.tryTake(1));
    }

    @Test
    void moreThanTheBurstIsNeverGranted() {
        TokenBucket bucket = new TokenBucket(clock, Rate.perSecond(3), 2);
        assertFalse(bucket.tryTake(3));
        assertFalse(bucket.tryTake(Long.MAX_VALUE));
        assertEquals(RateLimiter.NEVER, bucket.nanosUntil(3));
    }

    @Test
    void askingOftenAtAnOddRateLosesNothing() {
        TokenBucket bucket = new TokenBucket(clock, new Rate(7, 1000), 3);
        assertTrue(bucket.tryTake(3));
        long granted = 0;
        for (int i = 0; i < 1_000_000; i++) {
            clock.advance(1);
            granted += bucket.tryTake(1) ? 1 : 0;
        }
        assertEquals(7_000, granted);
    }

    @Test
    void theMonotonicClockMayWrap() {
        HandClock wrapping = new HandClock(Long.MAX_VALUE - 10);
        TokenBucket bucket = new TokenBucket(wrapping, new Rate(1, 10), 2);
        assertTrue(bucket.tryTake(2));
        wrapping.advance(20);
        assertTrue(wrapping.nanos() < 0);
        assertTrue(bucket.tryTake(2));
        assertFalse(bucket.tryTake(1));
    }

    @Test
    void centuriesOfSilenceOverflowNothing() {
        TokenBucket bucket =
                new TokenBucket(clock, Rate.perSecond(Long.MAX_VALUE / SECOND), SECOND);
        assertTrue(bucket.tryTake(SECOND));
        clock.advance(Long.MAX_VALUE);
        assertTrue(bucket.tryTake(SECOND));
        assertFalse(bucket.tryTake(1));
    }

    @Test
    void aLeakyBucketSpacesItsGrants() {
        TokenBucket bucket = TokenBucket.leaky(clock, Rate.perSecond(1000));
        clock.advance(SECOND);
        assertTrue(bucket.tryTake(1));
        assertFalse(bucket.tryTake(1));
        assertEquals(1_000_000, bucket.nanosUntil(1));
    }

    @Test
    void nonsenseIsRefused() {
        assertThrows(BrokenInvariant.class, () -> new TokenBucket(clock, Rate.perSecond(1), 0));
        assertThrows(
                BrokenInvariant.class,
                () -> new TokenBucket(clock, Rate.perSecond(1), Long.MAX_VALUE));
        TokenBucket bucket = new TokenBucket(clock, Rate.perSecond(1), 1);
        assertThrows(BrokenInvariant.class, () -> bucket.tryTake(0));
        assertThrows(BrokenInvariant.class, () -> bucket.nanosUntil(-1));
    }
}
