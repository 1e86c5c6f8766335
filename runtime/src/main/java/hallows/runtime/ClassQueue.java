package hallows.runtime;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The tasks of one scheduling class that wait on one shard, the next in turn first: a heap that
/// knows where each task sits.
final class ClassQueue {
    private final SchedulingClass kind;
    private final Scheduler scheduler;
    private final ClassCounters counters = new ClassCounters();
    private Task[] heap = new Task[16];
    private int size;
    private long orders;

    /// The shard time this class has used, divided by its shares: the class with the least is next.
    /// Compared by difference only, for it overflows in a class of few shares that is always busy.
    private long usedPerShare;

    ClassQueue(SchedulingClass kind, Scheduler scheduler) {
        this.kind = kind;
        this.scheduler = scheduler;
    }

    SchedulingClass schedulingClass() {
        return kind;
    }

    ClassCounters counters() {
        return counters;
    }

    long nanos() {
        return scheduler.nanos();
    }

    boolean isEmpty() {
        return size == 0;
    }

    long usedPerShare() {
        return usedPerShare;
    }

    boolean isBefore(ClassQueue other) {
        return usedPerShare - other.usedPerShare < 0;
    }

    /// Books time, so that twice the shares are used up half as fast.
    void use(long nanos) {
        // Scaled, so that a short run of a class with many shares still counts.
        usedPerShare += Math.max(1, (nanos << 10) / kind.shares());
    }

    void add(Task task) {
        if (size == 0) {
            // Time not used while idle is not owed.
            usedPerShare += Math.max(0, scheduler.floor() - usedPerShare);
        }
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        task.order = orders++;
        task.readyNanos = scheduler.nanos();
        task.place = size;
        heap[size++] = task;
        up(task);
        counters.waiting(size);
    }

    @Nullable Task poll() {
        if (size == 0) {
            return null;
        }
        Task next = heap[0];
        remove(next);
        return next;
    }

    @SuppressWarnings("NullAway") // beyond the size nothing is read
    void remove(Task task) {
        int hole = task.place;
        task.place = Task.NOT_WAITING;
        Task last = heap[--size];
        heap[size] = null;
        if (hole != size) {
            put(last, hole);
            down(last);
            up(last);
        }
        counters.waiting(size);
    }

    /// The task has an earlier turn than before.
    void moved(Task task) {
        up(task);
    }

    private void up(Task task) {
        int at = task.place;
        while (at > 0) {
            Task parent = heap[(at - 1) >>> 1];
            if (!before(task, parent)) {
                break;
            }
            put(parent, at);
            at = (at - 1) >>> 1;
        }
        put(task, at);
    }

    private void down(Task task) {
        int at = task.place;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && before(heap[child + 1], heap[child])) {
                child++;
            }
            if (!before(heap[child], task)) {
                break;
            }
            put(heap[child], at);
            at = child;
        }
        put(task, at);
    }

    private void put(Task task, int at) {
        heap[at] = task;
        task.place = at;
    }

    private static boolean before(Task a, Task b) {
        long sooner = a.turnNanos - b.turnNanos;
        return sooner < 0 || (sooner == 0 && a.order - b.order < 0);
    }
}
