package hallows.runtime.flow;

import hallows.runtime.Check;

/// So many permits in so much time, as a fraction in lowest terms: nothing is rounded, so nothing
/// drifts.
public record Rate(long permits, long nanos) {
    private static final long SECOND_NANOS = 1_000_000_000L;

    /// Both parts are above zero.
    public Rate {
        Check.that(permits > 0, "a rate grants something", permits);
        Check.that(nanos > 0, "a rate takes time", nanos);
        long divisor = greatestCommonDivisor(permits, nanos);
        permits /= divisor;
        nanos /= divisor;
    }

    /// `permits` in each second.
    public static Rate perSecond(long permits) {
        return new Rate(permits, SECOND_NANOS);
    }

    private static long greatestCommonDivisor(long one, long other) {
        return other == 0 ? one : greatestCommonDivisor(other, one % other);
    }
}
