package hallows.log;

import hallows.simulation.SeededDice;
import hallows.simulation.Simulation;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The moments in which something happens to a [LogScenario].
final class LogMoments {
    private final Simulation simulation;
    private final SeededDice dice;
    private @Nullable Runnable whenCut;

    LogMoments(Simulation simulation, SeededDice dice) {
        this.simulation = simulation;
        this.dice = dice;
    }

    /// Does something before long.
    void after(int millisMost, Runnable act) {
        simulation.after(Duration.ofMillis(1 + dice.below(millisMost)), act);
    }

    /// Does something as soon as something holds.
    void as(BooleanSupplier holds, Runnable act) {
        after(
                10,
                () -> {
                    if (holds.getAsBoolean()) {
                        act.run();
                    } else {
                        as(holds, act);
                    }
                });
    }

    /// Does something in the moment in which a log was cut; but does it in any case.
    void whenCut(Runnable act) {
        Runnable once =
                () -> {
                    if (whenCut != null) {
                        whenCut = null;
                        act.run();
                    }
                };
        whenCut = once;
        after(150, once);
    }

    /// A log was cut.
    void cut() {
        if (whenCut != null) {
            simulation.after(Duration.ofNanos(1), whenCut);
        }
    }
}
