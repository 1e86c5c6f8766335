package hallows.runtime.flow;

import hallows.runtime.Check;
import hallows.runtime.Clock;

/// Grants at most `limit` permits in any stretch of time as long as the window, wherever it begins.
///
/// It counts by slots and keeps one slot more than the window has, because a stretch that begins
/// inside a slot reaches into one more. So the limit is never passed, and a permit comes back
/// within the length of a slot after its window. Lives on one shard.
public final class SlidingWindowLimiter implements RateLimiter {
    private static final int GRANTED = 0;

    private final Clock clock;
    private final long limit;
    private final int slots;
    private final Tally tally;

    /// A limiter that has granted nothing yet.
    public SlidingWindowLimiter(Clock clock, Window window, long limit) {
        Check.that(limit > 0, "a limit grants something", limit);
        this.clock = clock;
        this.limit = limit;
        this.slots = window.slots() + 1;
        this.tally = new Tally(window.slotNanos(), slots, 1);
        tally.restart(clock.nanos());
    }

    @Override
    public boolean tryTake(long permits) {
        Check.that(permits > 0, "a taker takes something", permits);
        tally.advance(clock.nanos());
        if (permits > limit - tally.total(GRANTED)) {
            return false;
        }
        tally.add(GRANTED, permits);
        return true;
    }

    @Override
    public long nanosUntil(long permits) {
        Check.that(permits > 0, "a taker takes something", permits);
        if (permits > limit) {
            return NEVER;
        }
        long nowNanos = clock.nanos();
        tally.advance(nowNanos);
        long missing = permits - (limit - tally.total(GRANTED));
        int age = slots;
        while (missing > 0) {
            age--;
            missing -= tally.counted(GRANTED, age);
        }
        return age == slots ? 0 : tally.nanosUntilForgotten(age, nowNanos);
    }
}
