package hallows.runtime.flow;

import hallows.runtime.Check;
import hallows.runtime.Dice;

/// How long to wait before the next attempt: twice as long after each failure, up to a most.
///
/// @param firstNanos the longest wait after the first failure
/// @param mostNanos the longest wait of all
public record Backoff(long firstNanos, long mostNanos) {
    private static final int DOUBLINGS_MAX = 62;

    /// Waits are above zero and grow.
    public Backoff {
        Check.that(0 < firstNanos && firstNanos <= mostNanos, "waits grow", firstNanos);
    }

    /// The wait after `failures` in a row, at least 1. Chance takes away up to half of it, so that
    /// those who failed together do not come back together.
    public long nanos(int failures, Dice dice) {
        Check.that(failures > 0, "waits follow failures", failures);
        int doublings = Math.min(failures - 1, DOUBLINGS_MAX);
        boolean most = firstNanos > mostNanos >> doublings;
        long longest = most ? mostNanos : firstNanos << doublings;
        return longest - (long) (dice.fraction() * (longest / 2.0));
    }
}
