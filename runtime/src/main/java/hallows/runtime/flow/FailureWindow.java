package hallows.runtime.flow;

import hallows.runtime.Check;

/// Which calls a circuit breaker looks back on.
public sealed interface FailureWindow {
    /// The last so many.
    ///
    /// @param calls how many
    record LastCalls(int calls) implements FailureWindow {
        private static final int CALLS_MAX = 1 << 20;

        /// At least one, and few enough to remember each.
        public LastCalls {
            Check.that(0 < calls && calls <= CALLS_MAX, "a window has a few calls", calls);
        }
    }

    /// Those of the last so much time.
    ///
    /// @param window how long
    record LastTime(Window window) implements FailureWindow {}
}
