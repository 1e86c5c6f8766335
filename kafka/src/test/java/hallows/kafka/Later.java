package hallows.kafka;

import hallows.runtime.Dice;
import hallows.simulation.Simulation;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// What a scenario does later.
///
/// @param simulation whose time it is
/// @param dice how much later
record Later(Simulation simulation, Dice dice) {
    private static final int LOOK_MILLIS = 5;

    /// In so many milliseconds, or earlier.
    void within(int millis, Runnable act) {
        simulation.after(Duration.ofMillis(1 + dice.below(millis)), act);
    }

    /// Soon after something holds.
    void when(BooleanSupplier holds, Runnable act) {
        within(LOOK_MILLIS, () -> look(holds, act));
    }

    private void look(BooleanSupplier holds, Runnable act) {
        if (holds.getAsBoolean()) {
            act.run();
        } else {
            when(holds, act);
        }
    }
}
