package hallows.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LogSimulationTest {
    /// All but what asks for a program of another kind; those have tests of their own.
    private static final Set<Mishap> EXPECTED =
            EnumSet.complementOf(
                    EnumSet.of(
                            Mishap.BIT_FLIPPED,
                            Mishap.WALL_STEPPED_BACK,
                            Mishap.WALL_STEPPED_FORWARD,
                            Mishap.LINK_TIMED_OUT,
                            Mishap.RECEIVER_FULL,
                            Mishap.JOB_OVERTOOK));

    @Test
    void noAnsweredNumberIsLostWhateverHappens() {
        Seeds.forEach(
                LogSimulationTest.class,
                200,
                seed -> new LogScenario(seed, Faults.ALL, LogServer.Bug.NONE).run());
    }

    @Test
    void everythingHappens() {
        Set<Mishap> missing = EnumSet.copyOf(EXPECTED);
        FixedSeeds.forEach(
                LogSimulationTest.class,
                200,
                seed -> {
                    LogScenario scenario = new LogScenario(seed, Faults.ALL, LogServer.Bug.NONE);
                    scenario.run();
                    missing.removeIf(mishap -> scenario.simulation.count(mishap) > 0);
                });

        assertEquals(Set.of(), missing);
    }

    @Test
    void aWorldWithoutFaultsStillDies() {
        Seeds.forEach(
                LogSimulationTest.class,
                50,
                seed -> new LogScenario(seed, Faults.NONE, LogServer.Bug.NONE).run());
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void aPlantedBugIsFoundAndItsSeedReplaysIt(LogServer.Bug bug) {
        Seeds.Scenario buggy = seed -> new LogScenario(seed, Faults.ALL, bug).run();
        SimulationFailure found =
                assertThrows(
                        SimulationFailure.class,
                        () -> FixedSeeds.forEach(LogSimulationTest.class, 1_000, buggy));
        assertTrue(found.getMessage().contains("was answered and is lost"), found.getMessage());

        SimulationFailure again =
                assertThrows(
                        SimulationFailure.class,
                        new SeedRun(LogSimulationTest.class, found.seed(), buggy)::run);

        assertEquals(found.getMessage(), again.getMessage());
    }
}
