package hallows.runtime.os;

import hallows.runtime.Clock;

/// The host's time.
final class OsClock implements Clock {
    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public long wallMillis() {
        return System.currentTimeMillis();
    }
}
