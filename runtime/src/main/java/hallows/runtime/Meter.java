package hallows.runtime;

import java.util.concurrent.atomic.AtomicInteger;

/// A limit and what is taken of it. Any thread, lock-free; more than the limit is never taken.
final class Meter {
    private final int limit;
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger highest = new AtomicInteger();

    Meter(int limit) {
        this.limit = limit;
    }

    /// Takes all of `count`, or nothing and says false.
    boolean take(int count) {
        int before = taken.get();
        while (count <= limit - before) {
            if (taken.compareAndSet(before, before + count)) {
                raiseHighest(before + count);
                return true;
            }
            before = taken.get();
        }
        return false;
    }

    /// Takes all there is when nothing is taken yet, so that nobody can take any more.
    boolean takeAllOfNone() {
        return taken.compareAndSet(0, limit);
    }

    void giveBack(int count) {
        int left = taken.addAndGet(-count);
        Check.that(left >= 0, "no more is given back than was taken", left);
    }

    int limit() {
        return limit;
    }

    int taken() {
        return taken.get();
    }

    int highest() {
        return highest.get();
    }

    private void raiseHighest(int now) {
        int before = highest.get();
        while (before < now && !highest.compareAndSet(before, now)) {
            before = highest.get();
        }
    }
}
