package hallows.broker;

/// What a mutant runs.
public final class MutantTrial {
    private MutantTrial() {}

    /// One scenario; throws what it throws.
    public static void run(long seed) {
        BrokerScenario scenario =
                seed % 2 == 0 ? BrokerScenario.calm(seed) : BrokerScenario.wild(seed);
        try {
            scenario.run();
        } finally {
            scenario.simulation.close();
        }
    }
}
