package hallows.runtime;

/// Time, as two kinds that are never mixed: one to measure with, one to show.
public interface Clock {
    /// Monotonic nanoseconds from an arbitrary start: for deadlines and durations. Compare by
    /// difference only.
    long nanos();

    /// Milliseconds since 1970 as the host believes: for timestamps shown to people and peers. May
    /// step back.
    long wallMillis();
}
