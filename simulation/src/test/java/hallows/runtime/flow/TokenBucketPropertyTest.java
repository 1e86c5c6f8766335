package hallows.runtime.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.Check;
import hallows.runtime.Clock;
import hallows.runtime.TrialClock;
import hallows.simulation.Property;
import hallows.simulation.SeededDice;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenBucketPropertyTest {
    /// Makes the bucket under trial.
    private interface Maker {
        RateLimiter bucket(Clock clock, Rate rate, long burst);
    }

    private static LimiterTrial.Maker anyOf(Maker maker) {
        return (clock, dice) -> {
            Rate rate = new Rate(dice.between(1, 100), dice.between(1, 500));
            long burst = dice.between(1, 15);
            return new LimiterTrial(
                    maker.bucket(clock, rate, burst),
                    (permits, nanos) -> (permits - burst) * rate.nanos() <= nanos * rate.permits(),
                    Math.ceilDiv(burst * rate.nanos(), rate.permits()));
        };
    }

    private static void neverGrantsTooMuch(Maker maker) {
        LimiterTrial.nobodyGetsTooMuch(
                Property.of("no stretch of time gets more than the burst and the rate"),
                anyOf(maker));
    }

    @Test
    void noStretchOfTimeGetsMoreThanTheBurstAndTheRate() {
        neverGrantsTooMuch(TokenBucket::new);
    }

    @Test
    void aBucketThatRoundsItsRateUpIsCaught() {
        AssertionError error =
                assertThrows(
                        AssertionError.class,
                        () -> neverGrantsTooMuch(TokenBucketPropertyTest::rounding));
        assertTrue(String.valueOf(error.getMessage()).contains("./hallows replay "));
    }

    private static RateLimiter rounding(Clock clock, Rate rate, long burst) {
        long nanosEach = Math.max(1, rate.nanos() / rate.permits());
        long permitsEach = Math.ceilDiv(rate.permits(), rate.nanos());
        return new TokenBucket(clock, new Rate(permitsEach, nanosEach), burst);
    }

    @Test
    void nobodyStarvesAndWaitsAreExact() {
        LimiterTrial.waitsAreExact(
                Property.of("who waits as told is granted, and not before"),
                anyOf(TokenBucket::new));
    }

    @Test
    void aTakerWhoNeverLetsUpGetsTheRateToThePermit() {
        Property.of("a bucket always asked loses no permit and invents none")
                .operations(400, dice -> dice.between(1, 40))
                .holds(TokenBucketPropertyTest::countsToThePermit);
    }

    private static void countsToThePermit(List<Long> pauses, SeededDice dice) {
        TrialClock clock = new TrialClock(dice);
        Rate rate = new Rate(dice.between(1, 10), dice.between(10, 99));
        TokenBucket bucket = new TokenBucket(clock, rate, 60);
        Check.that(bucket.tryTake(60), "a bucket begins full");
        long elapsedNanos = 0;
        long granted = 0;
        for (long pauseNanos : pauses) {
            clock.advance(pauseNanos);
            elapsedNanos += pauseNanos;
            while (bucket.tryTake(1)) {
                granted++;
            }
            assertEquals(elapsedNanos * rate.permits() / rate.nanos(), granted);
        }
    }
}
