package hallows.runtime.flow;

import hallows.runtime.Check;
import hallows.runtime.Clock;

/// Grants permits at a rate, and saves up to a burst of those not taken. It begins full.
///
/// Whole numbers throughout: a permit is worth `rate.nanos()` units, and each nanosecond brings
/// `rate.permits()` of them, so that the grants of a year are exact to the permit. Lives on one
/// shard.
public final class TokenBucket implements RateLimiter {
    private final Clock clock;
    private final Rate rate;
    private final long burst;
    private final long unitsMax;
    private long units;
    private long filledNanos;

    /// A full bucket that holds `burst` permits.
    public TokenBucket(Clock clock, Rate rate, long burst) {
        Check.that(burst > 0, "a bucket holds something", burst);
        Check.that(burst <= Long.MAX_VALUE / rate.nanos(), "a burst can be counted", burst);
        this.clock = clock;
        this.rate = rate;
        this.burst = burst;
        this.unitsMax = burst * rate.nanos();
        this.units = unitsMax;
        this.filledNanos = clock.nanos();
    }

    /// A leaky bucket: a bucket of one, so that permits come evenly spaced, one by one.
    public static TokenBucket leaky(Clock clock, Rate rate) {
        return new TokenBucket(clock, rate, 1);
    }

    @Override
    public boolean tryTake(long permits) {
        Check.that(permits > 0, "a taker takes something", permits);
        fill();
        if (permits > burst || permits * rate.nanos() > units) {
            return false;
        }
        units -= permits * rate.nanos();
        return true;
    }

    @Override
    public long nanosUntil(long permits) {
        Check.that(permits > 0, "a taker takes something", permits);
        if (permits > burst) {
            return NEVER;
        }
        fill();
        return Math.max(0, nanosToGain(permits * rate.nanos() - units));
    }

    // Full is decided by time, before any product: however long nobody asked, nothing overflows.
    private void fill() {
        long elapsedNanos = clock.nanos() - filledNanos;
        if (elapsedNanos <= 0) {
            return;
        }
        filledNanos += elapsedNanos;
        boolean full = elapsedNanos >= nanosToGain(unitsMax - units);
        units = full ? unitsMax : units + elapsedNanos * rate.permits();
    }

    private long nanosToGain(long missingUnits) {
        return Math.ceilDiv(missingUnits, rate.permits());
    }
}
