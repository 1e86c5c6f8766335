package hallows.kafka;

/// What a mutant runs.
public final class MutantTrial {
    private MutantTrial() {}

    /// One scenario; throws what it throws.
    public static void run(long seed) {
        WholeWayScenario scenario =
                seed % 2 == 0 ? WholeWayScenario.calm(seed) : WholeWayScenario.wild(seed);
        try {
            scenario.run();
        } finally {
            scenario.simulation.close();
        }
    }
}
