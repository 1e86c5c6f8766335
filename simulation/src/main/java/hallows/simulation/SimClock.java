package hallows.simulation;

import hallows.runtime.Clock;
import hallows.runtime.Dice;

/// The two clocks of one process. The monotonic one starts anywhere, below zero too; the wall clock
/// steps when its faults say so.
final class SimClock implements Clock {
    private static final long EPOCH_MILLIS = 1_767_225_600_000L;
    private static final long START_SECONDS_MOST = 1_000_000;

    private final SimProcess process;
    private final Dice dice;
    private final long startNanos;
    private long wallOffsetMillis;

    SimClock(SimProcess process, SeededDice dice) {
        this.process = process;
        this.dice = dice;
        // Every third process crosses zero in its first second.
        this.startNanos =
                dice.oneIn(3)
                        ? -dice.between(0, 1_000_000_000L)
                        : dice.between(0, START_SECONDS_MOST) * 1_000_000_000L;
    }

    @Override
    public long nanos() {
        return startNanos + process.simulation().nanos();
    }

    @Override
    public long wallMillis() {
        HostFaults faults = process.simulation().faults().host();
        if (Faults.strike(dice, faults.wallSteps())) {
            step(faults.wallStepMillisMost());
        }
        return EPOCH_MILLIS + process.simulation().nanos() / 1_000_000 + wallOffsetMillis;
    }

    private void step(long millisMost) {
        long millis = (long) (millisMost * dice.fraction());
        boolean back = dice.oneIn(2);
        wallOffsetMillis += back ? -millis : millis;
        process.simulation()
                .mishap(
                        back ? Mishap.WALL_STEPPED_BACK : Mishap.WALL_STEPPED_FORWARD,
                        process.node().name());
    }
}
