package hallows.log;

import hallows.simulation.Seeds;
import org.junit.jupiter.api.Test;

/// The log keeps its word whatever its disk and its machine do.
class LogSimulationTest {
    @Test
    void whatWasAcknowledgedOrSeenIsThereWhateverHappens() {
        Seeds.forEach(LogSimulationTest.class, 300, seed -> LogScenario.wild(seed).run());
    }

    @Test
    void inThePageCacheItOutlivesTheProcess() {
        Seeds.forEach(LogSimulationTest.class, 100, seed -> LogScenario.hosted(seed).run());
    }

    @Test
    void inACalmWorldNothingIsStuck() {
        Seeds.forEach(LogSimulationTest.class, 100, seed -> LogScenario.calm(seed).run());
    }
}
