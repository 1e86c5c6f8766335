package hallows.runtime.flow;

import hallows.runtime.Check;

/// When a circuit breaker opens, and how it closes again.
///
/// @param window which calls count
/// @param callsMin below so many calls in the window it does not judge
/// @param failurePercent from this share of failures on it opens
/// @param slowNanos a call that took as long counts as failed; `Long.MAX_VALUE` where none does
/// @param trials how many calls it lets through half-open; it closes when all of them succeeded
/// @param backoff how long it stays open
public record BreakerOptions(
        FailureWindow window,
        int callsMin,
        int failurePercent,
        long slowNanos,
        int trials,
        Backoff backoff) {

    /// A window that can fill, a share that can be reached, a trial to close by.
    public BreakerOptions {
        Check.that(callsMin > 0, "a judgement needs calls", callsMin);
        Check.that(reachable(window, callsMin), "the window holds enough calls", callsMin);
        Check.that(0 < failurePercent && failurePercent <= 100, "a share is a part");
        Check.that(slowNanos > 0, "a slow call takes time", slowNanos);
        Check.that(trials > 0, "a breaker closes by trial", trials);
    }

    private static boolean reachable(FailureWindow window, int callsMin) {
        return switch (window) {
            case FailureWindow.LastCalls(int calls) -> callsMin <= calls;
            case FailureWindow.LastTime _ -> true;
        };
    }
}
