package hallows.runtime;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Shares one shard's time between the scheduling classes: next is the class that has used the
/// least of what it is due; within it, the task whose turn comes first.
final class Scheduler {
    /// After so long the shard looks at its sockets and its mail again, whatever waits here.
    private static final long CYCLE_NANOS = 200_000;

    private final Clock clock;
    private final Runnable turnOver;
    private final Slice slice;
    private final List<ClassQueue> queues = new ArrayList<>();
    private @Nullable Seat blamed;
    private long nanos;
    private long floor;

    /// `turnOver` runs after each turn of a task.
    Scheduler(Clock clock, List<SchedulingClass> kinds, Runnable turnOver) {
        this.clock = clock;
        this.turnOver = turnOver;
        this.slice = new Slice(clock);
        this.nanos = clock.nanos();
        for (SchedulingClass kind : kinds) {
            queues.add(new ClassQueue(kind, this));
        }
    }

    /// The queue of a class the host knows.
    ClassQueue queue(SchedulingClass kind) {
        for (ClassQueue queue : queues) {
            if (queue.schedulingClass().equals(kind)) {
                return queue;
            }
        }
        throw new IllegalArgumentException("no application here has declared " + kind);
    }

    List<ClassQueue> queues() {
        return queues;
    }

    /// The time this cycle goes by.
    long nanos() {
        return nanos;
    }

    /// Looks at the clock.
    void look() {
        nanos = clock.nanos();
    }

    /// Whose code threw out of `run`; null for the shard's own. It may have left its seat before it
    /// threw.
    @Nullable Seat blamed() {
        return blamed;
    }

    boolean isIdle() {
        return next() == null;
    }

    /// What the class that ran last had used: whoever comes out of idleness starts no lower.
    long floor() {
        return floor;
    }

    /// Runs what waits until the budget or the cycle's time is used; returns the steps done. What a
    /// task throws comes out, and `blamed` says whose it is.
    int run(int budget) {
        long endNanos = nanos + CYCLE_NANOS;
        int done = 0;
        while (done < budget && nanos - endNanos < 0) {
            ClassQueue queue = next();
            Task task = queue == null ? null : queue.poll();
            if (queue == null || task == null) {
                break;
            }
            done += turn(queue, task, budget - done);
        }
        return done;
    }

    private int turn(ClassQueue queue, Task task, int steps) {
        long began = nanos;
        if (queue.usedPerShare() - floor > 0) {
            floor = queue.usedPerShare();
        }
        queue.counters().waited(began - task.readyNanos);
        slice.begin(began + queue.schedulingClass().quantumNanos(), steps);
        blamed = task.seat();
        try {
            task.turn(slice);
            turnOver.run();
        } finally {
            look();
            queue.use(nanos - began);
            queue.counters().ran(nanos - began);
        }
        return Math.max(1, slice.spent());
    }

    private @Nullable ClassQueue next() {
        ClassQueue next = null;
        for (int i = 0; i < queues.size(); i++) {
            ClassQueue queue = queues.get(i);
            if (!queue.isEmpty() && (next == null || queue.isBefore(next))) {
                next = queue;
            }
        }
        return next;
    }
}
