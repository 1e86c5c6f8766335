package hallows.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SimClockTest {
    @Test
    void theClocksOfTwoMachinesRunAtOnePaceFromDifferentStarts() {
        try (Simulation simulation = new Simulation(1, Faults.NONE)) {
            SimNode one = simulation.node("one");
            SimNode other = simulation.node("other");
            long first = one.clock().nanos();
            long wall = one.clock().wallMillis();
            assertNotEquals(first, other.clock().nanos());

            simulation.runFor(Duration.ofSeconds(3));

            assertEquals(3_000_000_000L, one.clock().nanos() - first);
            assertEquals(3_000, one.clock().wallMillis() - wall);
        }
    }

    @Test
    void theWallClockStepsBothWaysAndTheOtherNever() {
        try (Simulation simulation = new Simulation(1, Faults.ALL)) {
            SimNode node = simulation.node("a");
            long nanos = node.clock().nanos();
            boolean back = false;
            long last = node.clock().wallMillis();
            for (int i = 0; i < 2_000; i++) {
                long now = node.clock().wallMillis();
                back |= now < last;
                last = now;
            }

            assertTrue(back);
            assertTrue(simulation.count(Mishap.WALL_STEPPED_BACK) > 0);
            assertTrue(simulation.count(Mishap.WALL_STEPPED_FORWARD) > 0);
            assertEquals(nanos, node.clock().nanos());
        }
    }

    @Test
    void onePurposeThrowsTheSameNumbersUntilTheProcessIsAnother() {
        try (Simulation simulation = new Simulation(1, Faults.NONE)) {
            SimNode node = simulation.node("a");
            long thrown = node.dice("purpose").next();

            assertEquals(thrown, node.dice("purpose").next());
            assertNotEquals(thrown, node.dice("other").next());
            assertNotEquals(thrown, node.restart().dice("purpose").next());
        }
    }
}
