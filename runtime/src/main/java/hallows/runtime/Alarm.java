package hallows.runtime;

/// A component's timer: rings once for each time it is set.
public final class Alarm extends Timer {
    private final Seat seat;
    private final Runnable reaction;

    Alarm(Seat seat, Runnable reaction) {
        this.seat = seat;
        this.reaction = reaction;
    }

    /// Rings at this time on the monotonic clock, and not at any other it was set to before.
    public void set(long deadlineNanos) {
        seat.timers().arm(this, deadlineNanos);
    }

    /// Rings when so much time has passed.
    public void setAfterMillis(long millis) {
        set(seat.clock().nanos() + Timers.nanosOf(millis));
    }

    /// Does not ring.
    public void cancel() {
        seat.timers().cancel(this);
    }

    @Override
    protected void fired() {
        if (!seat.isClosed()) {
            seat.guarded(reaction);
        }
    }
}
