package hallows.simulation;

import org.jspecify.annotations.Nullable;

/// A simulated run found something wrong: what, when, what had happened before, and how to see it
/// again.
public final class SimulationFailure extends AssertionError {
    private static final long serialVersionUID = 1L;

    private final long seed;
    private final long nanos;

    SimulationFailure(Story story, @Nullable Throwable cause) {
        super(story.toString(), cause);
        this.seed = story.seed();
        this.nanos = story.nanos();
    }

    /// What the run was made from.
    public long seed() {
        return seed;
    }

    /// When it happened, in virtual time.
    public long nanos() {
        return nanos;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /// What a failure tells.
    ///
    /// @param what went wrong
    /// @param seed of the run
    /// @param nanos in virtual time
    /// @param testClass what to run again
    /// @param before what had happened
    record Story(String what, long seed, long nanos, String testClass, String before) {
        @Override
        public String toString() {
            return what
                    + "\n  seed "
                    + seed
                    + ", after "
                    + nanos / 1_000
                    + " virtual microseconds\n  replay: ./hallows replay "
                    + testClass
                    + " "
                    + seed
                    + "\n  the last events:\n"
                    + before;
        }
    }
}
