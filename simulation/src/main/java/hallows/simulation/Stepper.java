package hallows.simulation;

import hallows.runtime.Dice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gives the turn to one thing at a time: an event whose time has come, or else one of the cores
/// that are awake. Which core is a throw of the dice, so every order of steps that real threads
/// could show comes up for some seed.
final class Stepper {
    private static final int STEP_NANOS_MOST = 2_048;

    private final Simulation simulation;
    private final Agenda agenda;
    private final Dice dice;
    private final List<SimCore> awake = new ArrayList<>();
    private @Nullable SimCore core;
    private @Nullable Job job;

    Stepper(Simulation simulation, Agenda agenda) {
        this.simulation = simulation;
        this.agenda = agenda;
        this.dice = simulation.dice("steps");
    }

    /// One step; false when nothing can happen any more.
    boolean step() {
        if (awake.isEmpty() || agenda.due()) {
            return agenda.advance();
        }
        agenda.pass(dice.below(STEP_NANOS_MOST) / awake.size());
        if (agenda.due()) {
            return agenda.advance();
        }
        stepOf(awake.get(dice.below(awake.size())));
        return true;
    }

    /// The core whose step it is.
    @Nullable SimCore core() {
        return core;
    }

    /// The blocking job whose step it is.
    @Nullable Job job() {
        return job;
    }

    /// Whether code under test stands on the stack.
    boolean busy() {
        return core != null || job != null;
    }

    /// Puts `riser` among those that are stepped.
    void awaken(SimCore riser) {
        if (!awake.contains(riser)) {
            awake.add(riser);
        }
    }

    /// Takes `sleeper` out of those that are stepped.
    void rest(SimCore sleeper) {
        awake.remove(sleeper);
    }

    /// Hands the turn to a job until it pauses or ends.
    void lend(Job borrower) {
        SimCore coreBefore = core;
        Job jobBefore = job;
        core = null;
        job = borrower;
        try {
            borrower.takeTurn();
        } finally {
            core = coreBefore;
            job = jobBefore;
        }
    }

    private void stepOf(SimCore chosen) {
        HostFaults faults = simulation.faults().host();
        if (Faults.strike(dice, faults.stalled())) {
            stall(chosen, faults.stall().draw(dice));
            return;
        }
        core = chosen;
        try {
            chosen.step(dice);
        } finally {
            core = null;
        }
    }

    private void stall(SimCore stalled, long nanos) {
        simulation.mishap(Mishap.CORE_STALLED, stalled.name());
        rest(stalled);
        agenda.after(
                nanos,
                () -> {
                    if (!stalled.ended()) {
                        awaken(stalled);
                    }
                });
    }
}
