package hallows.log;

import hallows.runtime.Clock;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Time;

/// One clock for Kafka's log and ours, moved by hand.
final class HandTime implements Time, Clock {
    long millis = 1_700_000_000_000L;

    @Override
    public long milliseconds() {
        return millis;
    }

    @Override
    public long nanoseconds() {
        return millis * 1_000_000;
    }

    void pass(long more) {
        millis += more;
    }

    @Override
    public void sleep(long ms) {
        throw new UnsupportedOperationException("nobody sleeps here");
    }

    @Override
    public void waitObject(Object object, Supplier<Boolean> condition, long deadlineMs) {
        throw new UnsupportedOperationException("nobody waits here");
    }

    @Override
    public long nanos() {
        return nanoseconds();
    }

    @Override
    public long wallMillis() {
        return millis;
    }
}
