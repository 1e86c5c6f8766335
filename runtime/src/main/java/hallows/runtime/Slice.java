package hallows.runtime;

/// The piece of a shard that a task has while it runs: a number of steps, and a time that is looked
/// at now and then. A task asks `more()` before each step and stops at the first no.
public final class Slice {
    /// So many steps between two looks at the clock: at a microsecond a step, a late look costs
    /// little.
    private static final int STEPS_PER_LOOK = 32;

    private final Clock clock;
    private long endNanos;
    private int given;
    private int left;

    /// While more than so many are left, nobody looks.
    private int lookAt;

    Slice(Clock clock) {
        this.clock = clock;
    }

    void begin(long untilNanos, int steps) {
        endNanos = untilNanos;
        given = steps;
        left = steps;
        lookAt = Math.max(0, steps - STEPS_PER_LOOK);
    }

    /// Whether the task may do one more step; counts it.
    public boolean more() {
        if (left <= lookAt && !look()) {
            return false;
        }
        left--;
        return true;
    }

    private boolean look() {
        if (left <= 0 || clock.nanos() - endNanos >= 0) {
            return false;
        }
        lookAt = Math.max(0, left - STEPS_PER_LOOK);
        return true;
    }

    /// Counts steps that could not be asked for one by one.
    public void spend(int steps) {
        left -= steps;
    }

    /// How many steps were counted.
    int spent() {
        return given - left;
    }
}
