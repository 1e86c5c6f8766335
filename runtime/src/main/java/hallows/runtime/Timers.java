package hallows.runtime;

import java.util.concurrent.TimeUnit;

/// The timers of a shard: a hierarchical wheel. Lives on its owner shard.
///
/// Time is counted in ticks of 16 microseconds since the wheel began. A timer stands at the level
/// of the highest digit (base 64) in which its tick differs from the current one, in the slot of
/// that digit. So whatever stands at a lower level is due before all that stands higher, and the
/// next slot to look at is the lowest bit of the lowest level. When time enters a slot of a higher
/// level, its timers move down; each moves at most once for each level, and to arm, to cancel and
/// to find the next cost the same however many there are.
///
/// Timers of one tick fire in the order they were armed. None fires before its deadline; a deadline
/// inside a tick is due at the tick's end.
final class Timers {
    private static final int TICK_SHIFT = 14;
    static final long TICK_NANOS = 1L << TICK_SHIFT;
    private static final int DIGIT_BITS = 6;
    private static final int SLOTS = 1 << DIGIT_BITS;

    /// Enough digits for every tick within 2^64 nanoseconds.
    private static final int LEVELS = (Long.SIZE - TICK_SHIFT + DIGIT_BITS - 1) / DIGIT_BITS;

    /// A timer further away than 146 years counts as so far away: differences must not overflow.
    private static final long FARTHEST_NANOS = 1L << 62;

    /// How many timers may move down for each that may fire. Bounded, for a million timers that
    /// expire in the same seconds stand in one slot and must not stop the shard when they move.
    private static final int MOVES_FOR_EACH = 8;

    private final long startNanos;
    private final TimerList[] lists = new TimerList[LEVELS * SLOTS];

    /// For each level, the slots that are not empty.
    private final long[] occupied = new long[LEVELS];

    /// The levels that are not empty.
    private int levels;

    /// The latest time seen, and the tick all before which is done.
    private long nowNanos;

    private long tick;

    /// The level whose slot at `tick` is moving down and not done; 0 for none. Newcomers for its
    /// time queue up in it behind those who came before.
    private int moving;

    /// The first tick a newcomer may have: while timers fire, one after those that are due, so that
    /// a timer which arms itself again cannot keep `advance` from ending.
    private long earliest;

    private boolean firing;
    private int size;

    /// A time limit in the clock's unit, from nothing to the farthest there is, so that it can be
    /// added to any time.
    static long nanosOf(long millis) {
        return Math.clamp(TimeUnit.MILLISECONDS.toNanos(millis), 0, FARTHEST_NANOS);
    }

    /// A wheel that begins at `nowNanos` of the monotonic clock.
    Timers(long nowNanos) {
        // On a tick's beginning: then no tick begins at Long.MAX_VALUE, which says that none will.
        this.startNanos = nowNanos & -TICK_NANOS;
        this.nowNanos = nowNanos;
        for (int i = 0; i < lists.length; i++) {
            lists[i] = new TimerList(this, i / SLOTS, i % SLOTS);
        }
    }

    /// Lets the timer fire at `deadlineNanos`; if it was armed, then instead of when it was to.
    void arm(Timer timer, long deadlineNanos) {
        cancel(timer);
        timer.due(deadlineNanos, tickOf(deadlineNanos));
        size++;
        place(timer, Math.max(moving, levelOf(timer.tick())));
    }

    /// Keeps the timer from firing; false when it was not going to.
    boolean cancel(Timer timer) {
        TimerList list = timer.list;
        if (list == null) {
            return false;
        }
        Check.that(list.wheel() == this, "a timer is armed on one shard");
        remove(list, timer);
        size--;
        return true;
    }

    /// Fires what is due, at most `max`, and returns how many fired. When one throws, it has fired
    /// and all others still stand.
    int advance(long nowNanos, int max) {
        Check.that(!firing, "a timer does not advance the wheel");
        if (nowNanos - this.nowNanos > 0) {
            this.nowNanos = nowNanos;
        }
        long target = (this.nowNanos - startNanos) >>> TICK_SHIFT;
        firing = true;
        earliest = target + 1;
        try {
            return advanceTo(target, max);
        } finally {
            firing = false;
            earliest = tick;
        }
    }

    /// When to advance next; `Long.MAX_VALUE` when no timer is armed. Never later than the next can
    /// fire; it may be earlier, and advancing then brings the next value closer.
    long nextDeadlineNanos() {
        if (size == 0) {
            return Long.MAX_VALUE;
        }
        return startNanos + (nextTick() << TICK_SHIFT);
    }

    /// How many are armed.
    int size() {
        return size;
    }

    private int advanceTo(long target, int max) {
        long moves = (long) max * MOVES_FOR_EACH;
        int fired = 0;
        while (fired < max && isDue(target)) {
            if (moving == 0) {
                enterNextSlot();
            }
            if (moving == 0) {
                fire(listAt(tick, 0));
                fired++;
            } else if (moves-- > 0) {
                move(listAt(tick, moving));
            } else {
                return fired;
            }
        }
        if (!isDue(target)) {
            moving = 0;
            tick = Math.max(tick, target);
        }
        return fired;
    }

    private boolean isDue(long target) {
        return size > 0 && nextTick() <= target;
    }

    private void enterNextSlot() {
        tick = nextTick();
        moving = Integer.numberOfTrailingZeros(levels);
    }

    private void fire(TimerList due) {
        Timer timer = due.first();
        remove(due, timer);
        size--;
        timer.fired();
    }

    /// Moves the longest waiting timer of the slot to where it belongs now.
    private void move(TimerList entered) {
        if (!entered.isEmpty()) {
            Timer timer = entered.first();
            remove(entered, timer);
            place(timer, levelOf(timer.tick()));
        }
        if (entered.isEmpty()) {
            moving = 0;
        }
    }

    private void place(Timer timer, int level) {
        TimerList list = listAt(timer.tick(), level);
        list.addLast(timer);
        occupied[level] |= 1L << list.slot();
        levels |= 1 << level;
    }

    private void remove(TimerList list, Timer timer) {
        list.remove(timer);
        if (list.isEmpty()) {
            int level = list.level();
            occupied[level] &= ~(1L << list.slot());
            if (occupied[level] == 0) {
                levels &= ~(1 << level);
            }
        }
    }

    /// The tick at whose beginning something is to be done. Only when a timer is armed.
    private long nextTick() {
        if (moving > 0) {
            return tick;
        }
        int level = Integer.numberOfTrailingZeros(levels);
        int shift = level * DIGIT_BITS;
        long slot = Long.numberOfTrailingZeros(occupied[level]);
        long higher = tick >>> (shift + DIGIT_BITS) << (shift + DIGIT_BITS);
        return higher | slot << shift;
    }

    /// The tick at whose beginning a deadline has passed, but none that is done.
    private long tickOf(long deadlineNanos) {
        long aheadNanos = Math.min(deadlineNanos - nowNanos, FARTHEST_NANOS);
        long nanos = Math.max(0, nowNanos - startNanos + aheadNanos);
        return Math.max(earliest, (nanos + TICK_NANOS - 1) >>> TICK_SHIFT);
    }

    private int levelOf(long tick) {
        long differing = (tick ^ this.tick) | 1;
        return (Long.SIZE - 1 - Long.numberOfLeadingZeros(differing)) / DIGIT_BITS;
    }

    private TimerList listAt(long tick, int level) {
        int slot = (int) (tick >>> (level * DIGIT_BITS)) & (SLOTS - 1);
        return lists[level * SLOTS + slot];
    }
}
