package hallows.runtime.flow;

import hallows.runtime.Clock;

/// A clock moved by hand.
final class HandClock implements Clock {
    private long nanos;

    HandClock(long nanos) {
        this.nanos = nanos;
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
