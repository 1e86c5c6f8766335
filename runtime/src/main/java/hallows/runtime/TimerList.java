package hallows.runtime;

import org.jspecify.annotations.Nullable;

/// The timers of one slot of a wheel in the order they came, linked through themselves. Lives on
/// its owner shard.
final class TimerList {
    private final Timers wheel;
    private final int level;
    private final int slot;
    private @Nullable Timer first;
    private @Nullable Timer last;

    TimerList(Timers wheel, int level, int slot) {
        this.wheel = wheel;
        this.level = level;
        this.slot = slot;
    }

    Timers wheel() {
        return wheel;
    }

    int level() {
        return level;
    }

    int slot() {
        return slot;
    }

    /// The one that came first. Only when there is one.
    Timer first() {
        Timer timer = first;
        if (timer == null) {
            throw new BrokenInvariant("an occupied slot holds a timer");
        }
        return timer;
    }

    boolean isEmpty() {
        return first == null;
    }

    void addLast(Timer timer) {
        Check.that(timer.list == null, "a timer stands in one list");
        Timer before = last;
        timer.list = this;
        timer.previous = before;
        if (before == null) {
            first = timer;
        } else {
            before.next = timer;
        }
        last = timer;
    }

    void remove(Timer timer) {
        Check.that(timer.list == this, "a timer is removed from its list");
        Timer before = timer.previous;
        Timer after = timer.next;
        if (before == null) {
            first = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.previous = before;
        }
        timer.list = null;
        timer.previous = null;
        timer.next = null;
    }
}
