package hallows.runtime;

/// The time as of the last look: everything in one turn of a task happens at the same time.
///
/// @param scheduler looks at the clock
/// @param clock knows the wall
record CycleClock(Scheduler scheduler, Clock clock) implements Clock {
    @Override
    public long nanos() {
        return scheduler.nanos();
    }

    @Override
    public long wallMillis() {
        return clock.wallMillis();
    }
}
