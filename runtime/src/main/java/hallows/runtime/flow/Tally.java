package hallows.runtime.flow;

import java.util.Arrays;

/// Counts of several kinds in a ring of time slots: as a slot begins, the oldest is forgotten.
final class Tally {
    private final long slotNanos;
    private final int slots;
    private final int kinds;
    private final long[] counts;
    private final long[] totals;
    private int newest;
    private long newestBeganNanos;

    Tally(long slotNanos, int slots, int kinds) {
        this.slotNanos = slotNanos;
        this.slots = slots;
        this.kinds = kinds;
        this.counts = new long[slots * kinds];
        this.totals = new long[kinds];
    }

    /// Forgets everything; the newest slot begins now.
    void restart(long nowNanos) {
        Arrays.fill(counts, 0);
        Arrays.fill(totals, 0);
        newestBeganNanos = nowNanos;
    }

    /// Must come before any question or count of a new moment.
    void advance(long nowNanos) {
        long passed = (nowNanos - newestBeganNanos) / slotNanos;
        if (passed <= 0) {
            return;
        }
        newestBeganNanos += passed * slotNanos;
        for (long left = Math.min(passed, slots); left > 0; left--) {
            newest = newest + 1 == slots ? 0 : newest + 1;
            forgetNewest();
        }
    }

    private void forgetNewest() {
        for (int kind = 0; kind < kinds; kind++) {
            totals[kind] -= counts[newest * kinds + kind];
            counts[newest * kinds + kind] = 0;
        }
    }

    void add(int kind, long count) {
        counts[newest * kinds + kind] += count;
        totals[kind] += count;
    }

    long total(int kind) {
        return totals[kind];
    }

    /// What was counted `age` slots ago.
    long counted(int kind, int age) {
        return counts[Math.floorMod(newest - age, slots) * kinds + kind];
    }

    /// How long what was counted `age` slots ago is still remembered.
    long nanosUntilForgotten(int age, long nowNanos) {
        return (slots - age) * slotNanos - (nowNanos - newestBeganNanos);
    }
}
