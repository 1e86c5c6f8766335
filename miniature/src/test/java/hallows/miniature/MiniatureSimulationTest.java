package hallows.miniature;

import hallows.simulation.Seeds;
import org.junit.jupiter.api.Test;

final class MiniatureSimulationTest {
    @Test
    void theServiceKeepsItsWordWhateverHappens() {
        Seeds.forEach(
                MiniatureSimulationTest.class, 1000, seed -> MiniatureScenario.wild(seed).run());
    }

    @Test
    void inACalmWorldNothingIsLate() {
        Seeds.forEach(
                MiniatureSimulationTest.class, 200, seed -> MiniatureScenario.calm(seed).run());
    }
}
