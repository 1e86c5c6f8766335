package hallows.bench;

import hallows.log.LogObserver;
import hallows.runtime.Fault;

/// Watches a log to which nothing happens but appends: whatever else does is no measurement.
interface Undisturbed extends LogObserver {
    @Override
    default void written(long end) {}

    @Override
    default void durable(long end) {}

    @Override
    default void rolledBack(long from, Fault fault) {
        throw new IllegalStateException(fault.message());
    }

    @Override
    default void truncated(long end) {
        throw new IllegalStateException("nobody cuts this log");
    }

    @Override
    default void failed(long from, Fault fault) {
        throw new IllegalStateException(fault.message());
    }
}
