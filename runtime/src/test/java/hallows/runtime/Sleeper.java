package hallows.runtime;

/// A task that takes one turn each time it is woken.
final class Sleeper extends Task {
    private final Runnable act;
    int turns;

    Sleeper(Seat seat, SchedulingClass kind) {
        this(seat, kind, () -> {});
    }

    Sleeper(Seat seat, SchedulingClass kind, Runnable act) {
        super(seat, kind);
        this.act = act;
    }

    @Override
    protected boolean run(Slice slice) {
        turns++;
        act.run();
        return false;
    }
}
