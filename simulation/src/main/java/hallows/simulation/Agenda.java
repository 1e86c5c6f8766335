package hallows.simulation;

import hallows.runtime.Check;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// What will happen, in the order of virtual time; of one moment, in the order of planning.
final class Agenda {
    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private long nowNanos;
    private long planned;

    long nowNanos() {
        return nowNanos;
    }

    /// Plans `act`.
    Entry after(long delayNanos, Runnable act) {
        Check.that(delayNanos >= 0, "nothing is planned for the past", delayNanos);
        Entry entry = new Entry(nowNanos + delayNanos, planned++, act);
        entries.add(entry);
        return entry;
    }

    /// Lets time pass, but not beyond what is planned next.
    void pass(long nanos) {
        long until = nowNanos + nanos;
        nowNanos = Math.min(until, Math.max(nowNanos, nextNanos()));
    }

    /// Whether something is planned for now.
    boolean due() {
        return nextNanos() <= nowNanos;
    }

    /// When the next thing happens; `Long.MAX_VALUE` when nothing will.
    long nextNanos() {
        Entry next = head();
        return next == null ? Long.MAX_VALUE : next.atNanos;
    }

    /// Goes to the next thing planned and does it; false when there is none.
    boolean advance() {
        Entry next = head();
        if (next == null) {
            return false;
        }
        entries.remove();
        nowNanos = Math.max(nowNanos, next.atNanos);
        next.act.run();
        return true;
    }

    private @Nullable Entry head() {
        Entry head = entries.peek();
        while (head != null && head.cancelled) {
            entries.remove();
            head = entries.peek();
        }
        return head;
    }

    /// Something planned, which may be given up.
    static final class Entry implements Comparable<Entry> {
        private final long atNanos;
        private final long order;
        private final Runnable act;
        private boolean cancelled;

        private Entry(long atNanos, long order, Runnable act) {
            this.atNanos = atNanos;
            this.order = order;
            this.act = act;
        }

        void cancel() {
            cancelled = true;
        }

        @Override
        public int compareTo(Entry other) {
            return atNanos != other.atNanos
                    ? Long.compare(atNanos, other.atNanos)
                    : Long.compare(order, other.order);
        }
    }
}
