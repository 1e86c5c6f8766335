package hallows.runtime.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hallows.runtime.Clock;
import hallows.simulation.Property;
import org.junit.jupiter.api.Test;

class SlidingWindowPropertyTest {
    /// Makes the limiter under trial.
    private interface Maker {
        RateLimiter limiter(Clock clock, Window window, long limit);
    }

    private static LimiterTrial.Maker anyOf(Maker maker) {
        return (clock, dice) -> {
            int slots = (int) dice.between(1, 12);
            Window window = new Window(dice.between(slots, 300), slots);
            long limit = dice.between(1, 20);
            return new LimiterTrial(
                    maker.limiter(clock, window, limit),
                    (permits, nanos) -> nanos >= window.nanos() || permits <= limit,
                    (window.slots() + 1) * window.slotNanos());
        };
    }

    private static void neverPassesItsLimit(Maker maker) {
        LimiterTrial.nobodyGetsTooMuch(
                Property.of("no window gets more than the limit, wherever it begins"),
                anyOf(maker));
    }

    @Test
    void noWindowGetsMoreThanTheLimit() {
        neverPassesItsLimit(SlidingWindowLimiter::new);
    }

    @Test
    void aWindowThatJumpsRatherThanSlidesIsCaughtInFourSteps() {
        AssertionError error =
                assertThrows(AssertionError.class, () -> neverPassesItsLimit(Jumping::new));
        long steps =
                String.valueOf(error.getMessage())
                        .lines()
                        .filter(line -> line.matches(" +\\d+\\. (Take|Advance).*"))
                        .count();
        assertEquals(4, steps, error::getMessage);
    }

    @Test
    void nobodyStarvesAndWaitsAreExact() {
        LimiterTrial.waitsAreExact(
                Property.of("who waits as told is granted, and not before"),
                anyOf(SlidingWindowLimiter::new));
    }

    /// The planted bug: it forgets all at once, so twice the limit fits around that moment.
    private static final class Jumping implements RateLimiter {
        private final Clock clock;
        private final Window window;
        private final long limit;
        private long beganNanos;
        private long granted;

        Jumping(Clock clock, Window window, long limit) {
            this.clock = clock;
            this.window = window;
            this.limit = limit;
            this.beganNanos = clock.nanos();
        }

        @Override
        public boolean tryTake(long permits) {
            long windows = (clock.nanos() - beganNanos) / window.nanos();
            beganNanos += windows * window.nanos();
            granted = (windows > 0 ? 0 : granted) + permits;
            boolean fits = granted <= limit;
            granted -= fits ? 0 : permits;
            return fits;
        }

        @Override
        public long nanosUntil(long permits) {
            return NEVER;
        }
    }
}
