package hallows.simulation;

/// The same seeds whatever the command line asks for: for tests that want to have seen something.
final class FixedSeeds {
    private FixedSeeds() {}

    static void forEach(Class<?> testClass, int count, Seeds.Scenario scenario) {
        for (long seed = 0; seed < count; seed++) {
            new SeedRun(testClass, seed, scenario).run();
        }
    }
}
