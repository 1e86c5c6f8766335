package hallows.runtime;

import org.jspecify.annotations.Nullable;

/// Something that is to happen at a time. Lives on its owner shard.
///
/// It is its own entry in the wheel: to arm it, again and again, allocates nothing.
public abstract class Timer {
    /// The list it stands in, and its neighbours there; for [TimerList].
    @Nullable TimerList list;

    @Nullable Timer next;
    @Nullable Timer previous;

    private long deadlineNanos;

    /// When it expires, in ticks of the wheel it is armed in.
    private long tick;

    /// For those that wait.
    protected Timer() {}

    /// Its time has come. It is not armed any more, and may be armed again.
    protected abstract void fired();

    /// Whether it will fire.
    public final boolean isArmed() {
        return list != null;
    }

    /// What it was armed with last.
    public final long deadlineNanos() {
        return deadlineNanos;
    }

    final void due(long deadlineNanos, long tick) {
        this.deadlineNanos = deadlineNanos;
        this.tick = tick;
    }

    final long tick() {
        return tick;
    }
}
