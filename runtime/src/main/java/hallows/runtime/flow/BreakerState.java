package hallows.runtime.flow;

/// Whether a circuit breaker lets calls through.
public sealed interface BreakerState {
    /// All calls go through and are watched.
    record Closed() implements BreakerState {}

    /// No call goes through before a moment; the first one after it is a trial.
    ///
    /// @param untilNanos that moment, on the monotonic clock
    /// @param failures how often in a row it opened
    record Open(long untilNanos, int failures) implements BreakerState {}

    /// A few trial calls go through; their outcome decides.
    ///
    /// @param failures how often in a row it had opened
    record HalfOpen(int failures) implements BreakerState {}
}
