package hallows.simulation;

import hallows.runtime.Check;
import hallows.runtime.Dice;

/// A length of virtual time that chance decides between two ends.
///
/// @param leastNanos the shortest
/// @param mostNanos the longest
public record Span(long leastNanos, long mostNanos) {
    /// Checks the order.
    public Span {
        Check.that(0 <= leastNanos && leastNanos <= mostNanos, "a span runs from its shorter end");
    }

    /// Between two numbers of microseconds.
    public static Span micros(long least, long most) {
        return new Span(least * 1_000, most * 1_000);
    }

    /// Between two numbers of milliseconds.
    public static Span millis(long least, long most) {
        return new Span(least * 1_000_000, most * 1_000_000);
    }

    /// Mostly near the shorter end, with a long tail, as delays are.
    long draw(Dice dice) {
        double fraction = dice.fraction();
        return leastNanos + (long) ((mostNanos - leastNanos) * fraction * fraction * fraction);
    }
}
