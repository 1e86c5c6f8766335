package hallows.simulation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One run of a scenario with one seed: knows how to say what failed and how to see it again.
///
/// It runs on a virtual thread, since blocking jobs do too: the turn then passes between them
/// without the host's scheduler, several times as fast.
final class SeedRun {
    private static final ThreadLocal<@Nullable SeedRun> CURRENT = new ThreadLocal<>();

    private final String testClass;
    private final long seed;
    private final Seeds.Scenario scenario;
    private final List<Simulation> simulations = new ArrayList<>();
    private @Nullable Throwable thrown;

    SeedRun(Class<?> testClass, long seed, Seeds.Scenario scenario) {
        this.testClass = testClass.getName();
        this.seed = seed;
        this.scenario = scenario;
    }

    /// The class that a replay runs: of the current run, or else the one that called.
    static String testClass() {
        SeedRun current = CURRENT.get();
        return current != null ? current.testClass : caller();
    }

    /// A simulation was made.
    static void opened(Simulation simulation) {
        SeedRun current = CURRENT.get();
        if (current != null) {
            current.simulations.add(simulation);
        }
    }

    /// Runs to the end; throws a [SimulationFailure] when the scenario throws anything.
    List<Simulation> run() {
        try {
            Thread.ofVirtual().name("seed " + seed).start(this::onItsThread).join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while seed " + seed + " ran");
        }
        if (thrown != null) {
            throw told(thrown);
        }
        return simulations;
    }

    private void onItsThread() {
        CURRENT.set(this);
        try {
            scenario.run(seed);
        } catch (Throwable failure) {
            thrown = failure;
        }
        simulations.forEach(Simulation::close);
    }

    private SimulationFailure told(Throwable failure) {
        if (failure instanceof SimulationFailure known) {
            return known;
        }
        String what = failure.toString();
        return simulations.isEmpty()
                ? new SimulationFailure(
                        new SimulationFailure.Story(what, seed, 0, testClass, ""), failure)
                : simulations.getLast().failure(what, failure);
    }

    private static String caller() {
        return StackWalker.getInstance()
                .walk(frames ->
                        frames.map(StackWalker.StackFrame::getClassName)
                                .filter(name -> !name.equals(SeedRun.class.getName()))
                                .filter(name -> !name.equals(Simulation.class.getName()))
                                .findFirst()
                                .orElse("TESTCLASS"))
                .replaceFirst("\\$.*", "");
    }
}
