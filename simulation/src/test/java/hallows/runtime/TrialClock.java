package hallows.runtime;

import hallows.simulation.SeededDice;

/// A clock that a trial moves; often it begins shortly before its wrap.
public final class TrialClock implements Clock {
    private long nanos;

    /// A clock that begins when `dice` say.
    public TrialClock(SeededDice dice) {
        this.nanos = dice.oneIn(2) ? dice.next() : Long.MAX_VALUE - dice.below(2_000);
    }

    /// Time passes.
    public void advance(long byNanos) {
        nanos += byNanos;
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public long wallMillis() {
        return 0;
    }
}
