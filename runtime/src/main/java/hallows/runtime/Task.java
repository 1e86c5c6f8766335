package hallows.runtime;

import org.jspecify.annotations.Nullable;

/// A piece of work that a shard owns: it is woken, waits its turn in its class, runs for a slice,
/// and sleeps again. Made and used on its shard only.
public abstract class Task {
    static final int NOT_WAITING = -1;

    final ClassQueue queue;
    private final Priority priority;
    private @Nullable Seat seat;

    // For the queue it waits in.
    int place = NOT_WAITING;
    long turnNanos;
    long order;
    long readyNanos;

    private boolean running;
    private boolean wokenMeanwhile;

    /// A task of normal priority.
    protected Task(Seat seat, SchedulingClass in) {
        this(seat, in, Priority.NORMAL);
    }

    /// A task of a component; the class must be one its application has declared.
    protected Task(Seat seat, SchedulingClass in, Priority priority) {
        this(seat.queue(in), priority);
        this.seat = seat;
    }

    Task(ClassQueue queue, Priority priority) {
        this.queue = queue;
        this.priority = priority;
    }

    /// Does steps while the slice has more; whether there is work left. What does not fit stays for
    /// the next turn, behind those who wait.
    protected abstract boolean run(Slice slice);

    /// Makes it run, in its turn. Does no harm when it waits already.
    public final void wake() {
        wakeBefore(queue.nanos() + priority.patienceNanos(queue.schedulingClass()));
    }

    /// Makes it run, in the order of deadlines. Tasks without one count as due when their
    /// priority's patience is over; a deadline in the past counts as now, so that nobody jumps the
    /// queue for ever.
    public final void wakeBy(long deadlineNanos) {
        long now = queue.nanos();
        wakeBefore(deadlineNanos - now < 0 ? now : deadlineNanos);
    }

    private void wakeBefore(long nanos) {
        if (running) {
            turnNanos = wokenMeanwhile && turnNanos - nanos < 0 ? turnNanos : nanos;
            wokenMeanwhile = true;
        } else if (place == NOT_WAITING) {
            turnNanos = nanos;
            queue.add(this);
        } else if (nanos - turnNanos < 0) {
            turnNanos = nanos;
            queue.moved(this);
        }
    }

    /// Takes it out of the queue.
    final void cancel() {
        wokenMeanwhile = false;
        if (place != NOT_WAITING) {
            queue.remove(this);
        }
    }

    final void sitOn(@Nullable Seat next) {
        seat = next;
    }

    final @Nullable Seat seat() {
        return seat;
    }

    /// One turn; wakes itself when work is left. By the scheduler.
    final void turn(Slice slice) {
        Seat owner = seat;
        if (owner != null && owner.isClosed()) {
            return;
        }
        running = true;
        wokenMeanwhile = false;
        boolean left = false;
        try {
            left = run(slice);
        } finally {
            running = false;
        }
        if (wokenMeanwhile) {
            queue.add(this);
        }
        if (left) {
            wake();
        }
    }
}
