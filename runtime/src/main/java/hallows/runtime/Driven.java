package hallows.runtime;

/// What a core drives: it calls `runOnce` again and again; when that finds nothing, it may sleep.
///
/// A sleep takes four steps, in this order, so that no wake-up is lost: `fallAsleep` announces it
/// (from now on whoever brings work calls [Core#wake]); `idle` is asked once more, after the
/// announcement was made visible; only when it still holds the core sleeps, until
/// `sleepUntilNanos`, I/O or a wake; `wakeUp` takes the announcement back. Handlers called out of
/// the sleep see `wakeUp` first.
public interface Driven {
    /// Does a bounded amount of work and returns how much.
    int runOnce(int budget);

    /// Whether others are at work for it who may need its processor to be done soon.
    boolean awaitsOthers();

    /// Announces the sleep.
    void fallAsleep();

    /// Whether nothing has come meanwhile.
    boolean idle();

    /// When to wake at the latest, on the monotonic clock; `Long.MAX_VALUE` for never.
    long sleepUntilNanos();

    /// Takes the announcement back and looks at the clock.
    void wakeUp();

    /// Whether it has ended and wants no more calls.
    boolean ended();
}
