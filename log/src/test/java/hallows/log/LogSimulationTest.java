package hallows.log;

import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.simulation.Mishap;
import hallows.simulation.Seeds;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// The log keeps its word whatever its disk and its machine do.
class LogSimulationTest {
    /// What must have come up before anybody says that nothing harms the log: all but what needs a
    /// network or a look at the wall.
    private static final Set<Mishap> EXPECTED =
            EnumSet.of(
                    Mishap.READ_FAILED,
                    Mishap.WRITE_FAILED,
                    Mishap.CALL_FAILED,
                    Mishap.NO_SPACE,
                    Mishap.FLUSH_FAILED,
                    Mishap.DIRTY_DROPPED,
                    Mishap.FLUSH_SLOW,
                    Mishap.BIT_FLIPPED,
                    Mishap.WRITE_LOST,
                    Mishap.WRITE_TORN,
                    Mishap.WRITE_REORDERED,
                    Mishap.NAME_UNDONE,
                    Mishap.CRASH,
                    Mishap.POWER_LOSS,
                    Mishap.CORE_STALLED,
                    Mishap.JOB_OVERTOOK);

    @Test
    void whatWasAcknowledgedOrSeenIsThereWhateverHappens() {
        Set<Mishap> struck = EnumSet.noneOf(Mishap.class);
        AtomicInteger seeds = new AtomicInteger();
        Seeds.forEach(
                LogSimulationTest.class,
                300,
                seed -> {
                    LogScenario scenario = LogScenario.wild(seed);
                    scenario.run();
                    seeds.incrementAndGet();
                    EXPECTED.stream()
                            .filter(mishap -> scenario.simulation.count(mishap) > 0)
                            .forEach(struck::add);
                });
        // A few seeds, or a replay, need not meet everything.
        assertTrue(seeds.get() < 300 || struck.equals(EXPECTED), struck::toString);
    }

    @Test
    void whoeverIsRefusedOnAFullDiskGoesOnWhenThereIsRoom() {
        Seeds.forEach(
                LogSimulationTest.class, 100, seed -> LogScenario.calm(seed).runOnAFullDisk());
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
