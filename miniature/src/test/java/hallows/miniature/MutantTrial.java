package hallows.miniature;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// What a mutant runs: loaded by it, with everything it touches.
public final class MutantTrial {
    private MutantTrial() {}

    /// One scenario; throws what it throws.
    public static void run(long seed) throws InterruptedException {
        AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        // On a virtual thread the simulation's jobs take turns with it cheaply.
        Thread.ofVirtual().start(() -> thrown.set(attempt(seed))).join();
        Throwable failure = thrown.get();
        if (failure != null) {
            throw new AssertionError(failure.getMessage(), failure);
        }
    }

    private static @Nullable Throwable attempt(long seed) {
        MiniatureScenario scenario =
                seed % 3 == 0 ? MiniatureScenario.wild(seed) : MiniatureScenario.calm(seed);
        try {
            if (seed % 3 == 1) {
                scenario.runAndStopUnderLoad();
            } else {
                scenario.run();
            }
            return null;
        } catch (Exception | Error failure) {
            return failure;
        } finally {
            scenario.simulation.close();
        }
    }
}
