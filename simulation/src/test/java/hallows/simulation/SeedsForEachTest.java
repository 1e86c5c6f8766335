package hallows.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class SeedsForEachTest {
    private static SimulationFailure failureOf(Seeds.Scenario scenario) {
        return assertThrows(
                SimulationFailure.class, new SeedRun(SeedsForEachTest.class, 42, scenario)::run);
    }

    @Test
    void whateverAScenarioThrowsNamesItsSeedAndItsReplay() {
        SimulationFailure failure =
                failureOf(seed -> {
                    Simulation simulation = new Simulation(seed, Faults.NONE);
                    simulation.note("came", "here", 5);
                    throw new IOException("planted");
                });

        assertEquals(42, failure.seed());
        assertTrue(failure.getMessage().contains("planted"));
        assertTrue(failure.getMessage().contains("came"));
        assertTrue(
                failure.getMessage()
                        .contains("./hallows replay hallows.simulation.SeedsForEachTest 42"));
    }

    @Test
    void aScenarioMayFailBeforeItsSimulation() {
        SimulationFailure failure =
                failureOf(_ -> {
                    throw new IOException("planted");
                });

        assertEquals(42, failure.seed());
        assertEquals(0, failure.nanos());
    }

    @Test
    void theSimulationsOfAScenarioAreClosed() {
        SimNode[] node = new SimNode[1];
        new SeedRun(
                        SeedsForEachTest.class,
                        1,
                        seed -> node[0] = new Simulation(seed, Faults.NONE).node("a"))
                .run();

        assertTrue(!node[0].running());
    }
}
