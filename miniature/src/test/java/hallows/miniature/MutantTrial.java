package hallows.miniature;

/// What a mutant runs.
public final class MutantTrial {
    private MutantTrial() {}

    /// One scenario; throws what it throws.
    public static void run(long seed) {
        MiniatureScenario scenario =
                seed % 3 == 0 ? MiniatureScenario.wild(seed) : MiniatureScenario.calm(seed);
        try {
            if (seed % 3 == 1) {
                scenario.runAndStopUnderLoad();
            } else {
                scenario.run();
            }
        } finally {
            scenario.simulation.close();
        }
    }
}
