package hallows.broker;

import hallows.runtime.Dice;
import hallows.simulation.Simulation;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// When something is done in a simulation.
///
/// @param simulation whose time it is
/// @param dice how soon
record Moments(Simulation simulation, Dice dice) {
    private static final int LOOK_MILLIS = 4;

    /// Once, within so many milliseconds.
    void within(int millis, Runnable act) {
        simulation.after(Duration.ofMillis(1 + dice.below(millis)), act);
    }

    /// Once something holds.
    void once(BooleanSupplier holds, Runnable act) {
        within(
                LOOK_MILLIS,
                () -> {
                    if (holds.getAsBoolean()) {
                        act.run();
                    } else {
                        once(holds, act);
                    }
                });
    }
}
