package hallows.kafka;

import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.simulation.Mishap;
import hallows.simulation.Seeds;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What a client was told over the wire holds, whatever befalls the network, the disks and the
/// server, and however slow others are: acknowledged means readable, without a gap, once, and in
/// order.
class WholeWaySimulationTest {
    /// What must have come up before anybody says that nothing harms it.
    private static final Set<Mishap> EXPECTED =
            EnumSet.of(
                    Mishap.PACKET_DROPPED,
                    Mishap.PACKET_RESENT,
                    Mishap.PACKET_CUT,
                    Mishap.LINK_RESET,
                    Mishap.LINK_HALF_OPEN,
                    Mishap.RECEIVER_FULL,
                    Mishap.DELIVERED_IN_PART,
                    Mishap.UNREACHABLE,
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
                    Mishap.WALL_STEPPED_BACK);

    private static final int SEEDS = 200;
    private static final int SEEDS_CALM = 12;

    @Test
    void whatWasAcknowledgedOrSeenIsReadWhateverHappens() {
        Set<Mishap> struck = EnumSet.noneOf(Mishap.class);
        AtomicInteger seeds = new AtomicInteger();
        Seeds.forEach(
                WholeWaySimulationTest.class,
                SEEDS,
                seed -> {
                    WholeWayScenario scenario = WholeWayScenario.wild(seed);
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
    void inACalmWorldNobodyWaitsLong() {
        Seeds.forEach(
                WholeWaySimulationTest.class,
                SEEDS_CALM,
                seed -> WholeWayScenario.calm(seed).run());
    }
}
