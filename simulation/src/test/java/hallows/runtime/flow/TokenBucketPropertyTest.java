package hallows.runtime.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.Check;
import hallows.runtime.Clock;
import hallows.simulation.Property;
import hallows.simulation.SeededDice;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenBucketPropertyTest {
    /// Makes the bucket under trial.
    private interface Maker {
        RateLimiter bucket(Clock clock, Rate rate, long burst);
    }

    private static Rate anyRate(SeededDice dice) {
        return new Rate(dice.between(1, 100), dice.between(1, 500));
    }

    private static void neverGrantsTooMuch(Maker maker) {
        LimiterStep.over(Property.of("no stretch of time gets more than the burst and the rate"))
                .holds((steps, dice) -> {
                    TrialClock clock = new TrialClock(dice);
                    Rate rate = anyRate(dice);
                    long burst = dice.between(1, 15);
                    Grants grants = new Grants(clock, maker.bucket(clock, rate, burst));
                    grants.run(steps);
                    grants.allKeepTo((permits, nanos) ->
                            (permits - burst) * rate.nanos() <= nanos * rate.permits());
                });
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
        LimiterStep.over(Property.of("who waits as told is granted, and not before"))
                .holds((steps, dice) -> {
                    TrialClock clock = new TrialClock(dice);
                    Rate rate = anyRate(dice);
                    long burst = dice.between(1, 15);
                    Grants grants = new Grants(clock, new TokenBucket(clock, rate, burst));
                    long fillNanos = Math.ceilDiv(burst * rate.nanos(), rate.permits());
                    steps.forEach(step -> grants.waitsAreExact(step, fillNanos));
                });
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
