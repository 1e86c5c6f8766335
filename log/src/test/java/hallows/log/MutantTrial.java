package hallows.log;

/// What a mutant runs.
public final class MutantTrial {
    private MutantTrial() {}

    /// One scenario; throws what it throws.
    public static void run(long seed) {
        LogScenario scenario = seed % 4 == 3 ? LogScenario.hosted(seed) : LogScenario.wild(seed);
        try {
            scenario.run();
        } finally {
            scenario.simulation.close();
        }
    }
}
