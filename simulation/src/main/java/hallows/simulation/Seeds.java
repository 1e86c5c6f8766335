package hallows.simulation;

import hallows.runtime.Check;
import java.util.List;
import java.util.Properties;

/// Which seeds something is tried on: `count` of them from `first` on.
///
/// `-Dhallows.seed=S` replays one, `-Dhallows.seeds=N` says how many, `-Dhallows.long=true` takes
/// fifty times as many as usual.
///
/// @param first the first seed
/// @param count how many
public record Seeds(long first, int count) {
    private static final String ONE = "hallows.seed";
    private static final int COUNT_USUAL = 200;
    private static final int LONG_FACTOR = 50;

    /// Checks that there are some.
    public Seeds {
        Check.that(count > 0, "a property is tried at least once", count);
    }

    /// Runs a scenario with each seed that the command line asks for. A failure of any kind comes
    /// out as a [SimulationFailure], which names the seed and the command that replays it; a replay
    /// prints the trace hash.
    ///
    /// @param testClass the class that a replay runs
    /// @param countUsual how many seeds when nothing else is asked for
    public static void forEach(Class<?> testClass, int countUsual, Scenario scenario) {
        Seeds seeds = asked(System.getProperties(), countUsual);
        for (long seed = seeds.first; seed < seeds.first + seeds.count; seed++) {
            List<Simulation> simulations = new SeedRun(testClass, seed, scenario).run();
            simulations.forEach(Seeds::tell);
            if (simulations.isEmpty()) {
                tell(seed, "passed, without a simulation");
            }
        }
    }

    /// What the command line asks for, or else as many as usual.
    static Seeds asked() {
        return asked(System.getProperties());
    }

    static Seeds asked(Properties properties) {
        return asked(properties, COUNT_USUAL);
    }

    private static Seeds asked(Properties properties, int countUsual) {
        String only = properties.getProperty(ONE);
        if (only != null) {
            return new Seeds(Long.parseLong(only), 1);
        }
        boolean many = Boolean.parseBoolean(properties.getProperty("hallows.long"));
        String count = properties.getProperty("hallows.seeds");
        return new Seeds(
                0,
                count != null
                        ? Integer.parseInt(count)
                        : many ? LONG_FACTOR * countUsual : countUsual);
    }

    private static void tell(Simulation simulation) {
        tell(
                simulation.seed(),
                String.format(
                        "trace hash %016x after %d events, %d virtual microseconds",
                        simulation.traceHash(), simulation.events(), simulation.nanos() / 1_000));
    }

    /// Says how a replay went. Without such a line `./hallows replay` takes it that nothing ran.
    static void tell(long seed, String how) {
        if (System.getProperty(ONE) != null) {
            System.out.println("seed " + seed + ": " + how);
        }
    }

    /// Something that one seed decides.
    public interface Scenario {
        /// Runs it; whatever it throws is a failure.
        void run(long seed) throws Exception;
    }
}
