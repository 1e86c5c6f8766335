package hallows.runtime.flow;

import hallows.runtime.Check;
import hallows.runtime.Clock;

/// Limits the work in flight, by a limit that grows while latency is good and shrinks when it is
/// not.
///
/// Modelled after TCP's congestion window: slow start doubles the limit until the first trouble;
/// from then on it grows by a little and shrinks by a quarter (additive increase, multiplicative
/// decrease, after Chiu and Jain). Trouble is a window in which work was dropped or more than one
/// in twenty was later than the goal. As in TCP, a limit that nobody ran into does not grow, and
/// one trouble shrinks it once: work that began before a window does not judge it. Unlike limiters
/// that compare latency with its own past, it cannot drift into taking overload for normal; the
/// price is that the goal must be said.
///
/// Whoever took permits gives each back once, through `finished`, `dropped` or `cancelled`. Lives
/// on one shard.
public final class AdaptiveLimiter implements RateLimiter {
    private static final int SAMPLES_MIN = 10;
    private static final int LATE_ONE_IN = 20;
    private static final int GROWTH_ONE_IN = 32;

    private final Clock clock;
    private final AdaptiveOptions options;
    private long limit;
    private long inFlight;
    private boolean slowStart = true;
    private long windowBeganNanos;
    private boolean ranIntoLimit;
    private long samples;
    private long late;
    private long dropped;

    /// Begins at the lowest limit.
    public AdaptiveLimiter(Clock clock, AdaptiveOptions options) {
        this.clock = clock;
        this.options = options;
        this.limit = options.limitMin();
        this.windowBeganNanos = clock.nanos();
    }

    @Override
    public boolean tryTake(long permits) {
        Check.that(permits > 0, "a taker takes something", permits);
        boolean room = hasRoomFor(permits);
        if (room) {
            inFlight += permits;
        }
        ranIntoLimit |= !room || inFlight >= limit;
        return room;
    }

    // More than the limit at once is let through alone: it would otherwise wait for ever.
    private boolean hasRoomFor(long permits) {
        boolean alone = inFlight == 0 && permits <= options.limitMax();
        return alone || permits <= limit - inFlight;
    }

    /// As the interface says, though here it is an estimate: when enough work is likely to have
    /// finished, if it keeps to the goal (Little's law).
    @Override
    public long nanosUntil(long permits) {
        Check.that(permits > 0, "a taker takes something", permits);
        if (permits > options.limitMax()) {
            return NEVER;
        }
        if (hasRoomFor(permits)) {
            return 0;
        }
        long missing = Math.min(permits - (limit - inFlight), inFlight);
        double shareOfAll = (double) missing / inFlight;
        return Math.max(1, (long) (shareOfAll * options.latencyGoalNanos()));
    }

    /// Gives back permits whose work took `latencyNanos`.
    public void finished(long permits, long latencyNanos) {
        giveBack(permits);
        judge(latencyNanos, false);
    }

    /// Gives back permits whose work was lost to overload, a refusal or a timeout, after
    /// `latencyNanos`.
    public void dropped(long permits, long latencyNanos) {
        giveBack(permits);
        judge(latencyNanos, true);
    }

    /// Gives back permits of work that tells nothing about latency.
    public void cancelled(long permits) {
        giveBack(permits);
    }

    /// How much work may be in flight now.
    public long limit() {
        return limit;
    }

    /// How much work is in flight now.
    public long inFlight() {
        return inFlight;
    }

    private void giveBack(long permits) {
        Check.that(0 < permits && permits <= inFlight, "permits come back once", permits);
        inFlight -= permits;
    }

    private void judge(long latencyNanos, boolean lost) {
        long nowNanos = clock.nanos();
        long elapsedNanos = nowNanos - windowBeganNanos;
        if (latencyNanos > elapsedNanos) {
            return;
        }
        samples++;
        late += latencyNanos > options.latencyGoalNanos() ? 1 : 0;
        dropped += lost ? 1 : 0;
        if (elapsedNanos >= options.windowNanos() && samples >= SAMPLES_MIN) {
            moveLimit();
            beginWindow(nowNanos);
        }
    }

    private void moveLimit() {
        boolean trouble = dropped > 0 || late * LATE_ONE_IN > samples;
        if (trouble) {
            slowStart = false;
            limit = Math.max(options.limitMin(), limit - Math.ceilDiv(limit, 4));
        } else if (ranIntoLimit) {
            long growth = slowStart ? limit : Math.ceilDiv(limit, GROWTH_ONE_IN);
            limit = Math.min(options.limitMax(), limit + growth);
        }
    }

    private void beginWindow(long nowNanos) {
        windowBeganNanos = nowNanos;
        ranIntoLimit = inFlight >= limit;
        samples = 0;
        late = 0;
        dropped = 0;
    }
}
