package hallows.runtime.flow;

import hallows.runtime.Clock;
import hallows.simulation.SeededDice;

/// A clock that a trial moves; often it begins shortly before its wrap.
final class TrialClock implements Clock {
    private long nanos;

    TrialClock(SeededDice dice) {
        this.nanos = dice.oneIn(2) ? dice.next() : Long.MAX_VALUE - dice.below(2_000);
    }

    void advance(long byNanos) {
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
