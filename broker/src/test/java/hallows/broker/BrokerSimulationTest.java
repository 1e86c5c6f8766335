package hallows.broker;

import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.simulation.Mishap;
import hallows.simulation.Seeds;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// The broker keeps its word, whatever its machine does and its cluster wants.
class BrokerSimulationTest {
    /// What must have come up before anybody says that nothing harms the broker.
    private static final Set<Mishap> EXPECTED =
            EnumSet.of(
                    Mishap.READ_FAILED,
                    Mishap.WRITE_FAILED,
                    Mishap.CALL_FAILED,
                    Mishap.NO_SPACE,
                    Mishap.FLUSH_FAILED,
                    Mishap.FLUSH_SLOW,
                    Mishap.WRITE_LOST,
                    Mishap.NAME_UNDONE,
                    Mishap.CRASH,
                    Mishap.POWER_LOSS,
                    Mishap.CORE_STALLED,
                    Mishap.JOB_OVERTOOK);

    private static final int SEEDS = 200;

    @Test
    void whatWasAcknowledgedOrSeenIsThereWhateverHappens() {
        Set<Mishap> struck = EnumSet.noneOf(Mishap.class);
        AtomicInteger seeds = new AtomicInteger();
        Seeds.forEach(
                BrokerSimulationTest.class,
                SEEDS,
                seed -> {
                    BrokerScenario scenario = BrokerScenario.wild(seed);
                    scenario.run();
                    seeds.incrementAndGet();
                    EXPECTED.stream()
                            .filter(mishap -> scenario.simulation.count(mishap) > 0)
                            .forEach(struck::add);
                });
        // A few seeds, or a replay, need not meet everything.
        assertTrue(seeds.get() < SEEDS || struck.equals(EXPECTED), struck::toString);
    }

    @Test
    void inThePageCacheItOutlivesTheProcess() {
        Seeds.forEach(BrokerSimulationTest.class, 30, seed -> BrokerScenario.hosted(seed).run());
    }

    @Test
    void inACalmWorldNobodyWaitsTooLong() {
        Seeds.forEach(BrokerSimulationTest.class, 60, seed -> BrokerScenario.calm(seed).run());
    }
}
