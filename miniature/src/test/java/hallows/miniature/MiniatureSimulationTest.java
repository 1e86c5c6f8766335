package hallows.miniature;

import hallows.simulation.Faults;
import hallows.simulation.Seeds;
import org.junit.jupiter.api.Test;

final class MiniatureSimulationTest {
    @Test
    void theServiceKeepsItsWordWhateverHappens() {
        Seeds.forEach(
                MiniatureSimulationTest.class,
                1000,
                seed -> new MiniatureScenario(seed, Faults.ALL).run());
    }

    @Test
    void aWorldWithoutFaultsStillLosesPower() {
        Seeds.forEach(
                MiniatureSimulationTest.class,
                50,
                seed -> new MiniatureScenario(seed, Faults.NONE).run());
    }
}
