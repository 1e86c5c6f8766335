package hallows.runtime.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.TrialClock;
import java.util.ArrayList;
import java.util.List;

/// What a limiter granted, and when, told in time since the trial began.
final class Grants {
    private final TrialClock clock;
    private final RateLimiter limiter;
    private final List<Grant> grants = new ArrayList<>();
    private long elapsedNanos;

    /// Permits granted at a moment.
    private record Grant(long atNanos, long permits) {}

    /// What may be granted in a stretch of time.
    interface Bound {
        boolean allows(long permits, long nanos);
    }

    Grants(TrialClock clock, RateLimiter limiter) {
        this.clock = clock;
        this.limiter = limiter;
    }

    void run(List<LimiterStep> steps) {
        steps.forEach(this::run);
    }

    boolean run(LimiterStep step) {
        return switch (step) {
            case LimiterStep.Advance(long nanos) -> advance(nanos);
            case LimiterStep.Take(long permits) -> take(permits);
        };
    }

    private boolean advance(long nanos) {
        clock.advance(nanos);
        elapsedNanos += nanos;
        return true;
    }

    private boolean take(long permits) {
        boolean granted = limiter.tryTake(permits);
        if (granted) {
            grants.add(new Grant(elapsedNanos, permits));
        }
        return granted;
    }

    /// Every stretch from one grant to another, both included, keeps to the bound.
    void allKeepTo(Bound bound) {
        for (int first = 0; first < grants.size(); first++) {
            long permits = 0;
            for (Grant last : grants.subList(first, grants.size())) {
                permits += last.permits();
                long nanos = last.atNanos() - grants.get(first).atNanos();
                assertTrue(bound.allows(permits, nanos), permits + " permits in " + nanos + " ns");
            }
        }
    }

    /// A refused taker who waits as told is granted then, at once, and not a nanosecond before.
    void waitsAreExact(LimiterStep step, long waitNanosMax) {
        if (run(step) || !(step instanceof LimiterStep.Take(long permits))) {
            return;
        }
        long waitNanos = limiter.nanosUntil(permits);
        if (waitNanos == RateLimiter.NEVER) {
            return;
        }
        assertTrue(0 < waitNanos && waitNanos <= waitNanosMax, "waits " + waitNanos);
        advance(waitNanos - 1);
        assertFalse(take(permits), "granted before the wait was over");
        assertEquals(1, limiter.nanosUntil(permits));
        advance(1);
        assertTrue(take(permits), "still refused after the wait");
    }
}
