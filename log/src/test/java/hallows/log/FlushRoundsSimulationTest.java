package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.simulation.Seeds;
import hallows.simulation.SimulationFailure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Flush rounds on a machine that dies, with a disk that fails.
class FlushRoundsSimulationTest {
    private static final int SEEDS = 200;

    @Test
    void whatWasDurableIsThereWhateverHappens() {
        Seeds.forEach(
                FlushRoundsSimulationTest.class,
                SEEDS,
                seed -> FlushRoundsScenario.wild(seed, FlushedLog.Bug.NONE).dieAgainAndAgain());
    }

    @Test
    void everyDirtyLogIsFlushedInTheEndWhenNothingFails() {
        Seeds.forEach(
                FlushRoundsSimulationTest.class,
                SEEDS,
                seed -> FlushRoundsScenario.calm(seed).liveToTheEnd());
    }

    @Test
    void everyWayIsGoneAndDirectoriesGoOffline() {
        List<FlushRoundsScenario> all = new ArrayList<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            FlushRoundsScenario scenario = FlushRoundsScenario.wild(seed, FlushedLog.Bug.NONE);
            scenario.dieAgainAndAgain();
            all.add(scenario);
        }
        for (FlushWay way : FlushWay.values()) {
            long rounds = all.stream().mapToLong(scenario -> scenario.rounds(way)).sum();
            assertTrue(rounds > SEEDS, way + ": " + rounds);
        }
        int offlines = all.stream().mapToInt(FlushRoundsScenario::offlines).sum();
        assertTrue(offlines > SEEDS / 4, "offline " + offlines);
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void aPlantedBugIsFoundAndItsSeedReplaysIt(FlushedLog.Bug bug) {
        long seed = 0;
        while (seed < SEEDS && failure(seed, bug).isEmpty()) {
            seed++;
        }
        String found = failure(seed, bug);
        assertTrue(found.contains("was durable up to"), bug + " with " + seed + ": " + found);
        assertEquals(found, failure(seed, bug));
    }

    private static String failure(long seed, FlushedLog.Bug bug) {
        try {
            FlushRoundsScenario.wild(seed, bug).dieAgainAndAgain();
            return "";
        } catch (SimulationFailure failure) {
            return failure.getMessage();
        }
    }
}
