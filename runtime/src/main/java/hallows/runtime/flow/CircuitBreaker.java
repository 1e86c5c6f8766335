package hallows.runtime.flow;

import hallows.runtime.Check;
import hallows.runtime.Clock;
import hallows.runtime.Dice;
import hallows.runtime.flow.BreakerState.Closed;
import hallows.runtime.flow.BreakerState.HalfOpen;
import hallows.runtime.flow.BreakerState.Open;

/// Stops calling what keeps failing, and finds out by a few trials when it is well again.
///
/// ```java
/// long call = breaker.begin();
/// if (call == CircuitBreaker.REFUSED) {
///     return refuse(breaker.nanosUntilTrial());
/// }
/// ```
///
/// Each begun call ends once: `succeeded`, `failed` or `cancelled`. A call that began before the
/// breaker last changed its state says nothing about the new one, so its end is ignored: a late
/// success does not close the breaker, a late failure does not spoil a trial. Only a change of
/// state allocates. Lives on one shard.
public final class CircuitBreaker {
    /// The answer to a call that may not go through.
    public static final long REFUSED = -1;

    private static final Closed CLOSED = new Closed();

    private final Clock clock;
    private final Dice dice;
    private final BreakerOptions options;
    private final Outcomes outcomes;
    private BreakerState state = CLOSED;
    private long generation;
    private int trialsBegun;
    private int trialsSucceeded;

    /// A closed breaker that has seen no call.
    public CircuitBreaker(Clock clock, Dice dice, BreakerOptions options) {
        this.clock = clock;
        this.dice = dice;
        this.options = options;
        this.outcomes = Outcomes.of(options.window());
        outcomes.restart(clock.nanos());
    }

    /// Begins a call: its number, to end it by, or [#REFUSED].
    public long begin() {
        return switch (state) {
            case Closed _ -> generation;
            case Open open -> beginFirstTrial(open);
            case HalfOpen _ -> beginTrial();
        };
    }

    /// The call came back well after `durationNanos`; where that is slow, it counts as failed.
    public void succeeded(long call, long durationNanos) {
        ended(call, durationNanos >= options.slowNanos());
    }

    /// The call failed.
    public void failed(long call) {
        ended(call, true);
    }

    /// The call was given up and tells nothing; a trial becomes free for another.
    public void cancelled(long call) {
        if (isCurrent(call) && state instanceof HalfOpen) {
            checkTrialUnderWay();
            trialsBegun--;
        }
    }

    /// How long until a refused call may be worth another attempt; 0 when it is now. Half-open with
    /// all trials under way nobody knows: the answer is 0.
    public long nanosUntilTrial() {
        return switch (state) {
            case Open(long untilNanos, _) -> Math.max(0, untilNanos - clock.nanos());
            case Closed _, HalfOpen _ -> 0;
        };
    }

    /// Whether it lets calls through now.
    public BreakerState state() {
        return state;
    }

    private long beginFirstTrial(Open open) {
        if (clock.nanos() - open.untilNanos() < 0) {
            return REFUSED;
        }
        become(new HalfOpen(open.failures()));
        return beginTrial();
    }

    private long beginTrial() {
        if (trialsBegun == options.trials()) {
            return REFUSED;
        }
        trialsBegun++;
        return generation;
    }

    private void ended(long call, boolean failed) {
        if (!isCurrent(call)) {
            return;
        }
        switch (state) {
            case Closed _ -> watch(failed);
            case HalfOpen(int failures) -> decide(failed, failures);
            case Open _ -> Check.that(false, "no call begins while a breaker is open", call);
        }
    }

    private boolean isCurrent(long call) {
        Check.that(0 <= call && call <= generation, "a call that ends had begun", call);
        return call == generation;
    }

    private void watch(boolean failed) {
        outcomes.record(failed, clock.nanos());
        long calls = outcomes.calls();
        boolean enough = calls >= options.callsMin();
        if (enough && outcomes.failures() * 100 >= calls * options.failurePercent()) {
            open(1);
        }
    }

    private void decide(boolean failed, int failures) {
        checkTrialUnderWay();
        if (failed) {
            open(failures + 1);
            return;
        }
        trialsSucceeded++;
        if (trialsSucceeded == options.trials()) {
            outcomes.restart(clock.nanos());
            become(CLOSED);
        }
    }

    private void checkTrialUnderWay() {
        Check.that(trialsSucceeded < trialsBegun, "a call ends once", trialsBegun);
    }

    private void open(int failures) {
        long openNanos = options.backoff().nanos(failures, dice);
        become(new Open(clock.nanos() + openNanos, failures));
    }

    private void become(BreakerState next) {
        state = next;
        generation++;
        trialsBegun = 0;
        trialsSucceeded = 0;
    }
}
