package hallows.runtime.flow;

import hallows.runtime.Check;

/// What an adaptive limiter may do, and what it is to reach.
///
/// @param limitMin work in flight that is always allowed
/// @param limitMax work in flight that is never passed
/// @param latencyGoalNanos nineteen of twenty pieces of work are to finish within it
/// @param windowNanos how long to watch before the limit moves; a round trip or more
public record AdaptiveOptions(int limitMin, int limitMax, long latencyGoalNanos, long windowNanos) {
    private static final int LIMIT_MAX = 1 << 30;

    /// Limits are ordered, times are above zero.
    public AdaptiveOptions {
        Check.that(0 < limitMin && limitMin <= limitMax, "limits are ordered", limitMin);
        Check.that(limitMax <= LIMIT_MAX, "a limit can double", limitMax);
        Check.that(latencyGoalNanos > 0, "work takes time", latencyGoalNanos);
        Check.that(windowNanos > 0, "a window takes time", windowNanos);
    }
}
