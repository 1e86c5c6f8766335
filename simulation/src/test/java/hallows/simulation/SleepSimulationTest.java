package hallows.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SleepSimulationTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int ROUNDS = 100;

    /// Looks for mail before it announces its sleep, and never after.
    private static final class Naive extends Program {
        private Naive(SimNode node, int index) {
            super(node, index);
        }

        @Override
        public boolean idle() {
            return true;
        }
    }

    /// Two programs of one machine throw a ball to and fro.
    private static final class PingPong {
        private final AtomicInteger rounds = new AtomicInteger();
        private final Program one;
        private final Program other;

        private PingPong(Program one, Program other) {
            this.one = one;
            this.other = other;
            one.post(this::ping);
        }

        private void ping() {
            other.post(() -> one.post(this::pong));
        }

        private void pong() {
            if (rounds.incrementAndGet() < ROUNDS) {
                ping();
            }
        }

        private boolean done() {
            return rounds.get() == ROUNDS;
        }
    }

    private static void playNaively(long seed) {
        try (Simulation simulation = new Simulation(seed, Faults.NONE)) {
            SimNode node = simulation.node("a");
            PingPong game = new PingPong(new Naive(node, 0), new Naive(node, 1));
            simulation.run(game::done, LIMIT);
        }
    }

    @Test
    void anHonestSleepLosesNoWakeUp() {
        Seeds.forEach(
                SleepSimulationTest.class,
                200,
                seed -> {
                    Simulation simulation = new Simulation(seed, Faults.ALL);
                    SimNode node = simulation.node("a");
                    PingPong game = new PingPong(new Program(node, 0), new Program(node, 1));
                    simulation.run(game::done, LIMIT);
                });
    }

    @Test
    void aNaiveSleepLosesAWakeUpAndTheSeedReplaysIt() {
        SimulationFailure found =
                assertThrows(
                        SimulationFailure.class,
                        () ->
                                FixedSeeds.forEach(
                                        SleepSimulationTest.class,
                                        20,
                                        SleepSimulationTest::playNaively));
        SimulationFailure again =
                assertThrows(SimulationFailure.class, () -> playNaively(found.seed()));

        assertEquals(found.getMessage(), again.getMessage());
        assertEquals(found.nanos(), again.nanos());
        assertTrue(found.getMessage().startsWith("nothing can happen any more: a/"));
        assertTrue(
                found.getMessage()
                        .contains(
                                "./hallows replay hallows.simulation.SleepSimulationTest "
                                        + found.seed()));
        assertTrue(found.getMessage().contains("fall asleep"));
    }

    @Test
    void aSleepEndsAtItsTime() {
        try (Simulation simulation = new Simulation(1, Faults.NONE)) {
            Program program = new Program(simulation.node("a"), 0);
            AtomicInteger rang = new AtomicInteger();
            program.post(() -> program.later(5_000_000_000L, rang::incrementAndGet));

            simulation.run(() -> rang.get() == 1, LIMIT);

            assertTrue(simulation.nanos() >= 5_000_000_000L);
            assertTrue(simulation.nanos() < 5_001_000_000L);
        }
    }

    @Test
    void aWakeBeforeTheSleepPreventsIt() {
        try (Simulation simulation = new Simulation(1, Faults.NONE)) {
            Program program = new Naive(simulation.node("a"), 0);
            AtomicInteger done = new AtomicInteger();
            simulation.runFor(Duration.ofMillis(1));
            for (int i = 1; i <= 100; i++) {
                int count = i;
                program.post(done::incrementAndGet);
                program.core.wake();
                simulation.run(() -> done.get() == count, LIMIT);
            }
        }
    }

    @Test
    void aDriveEndsAndItsEndCanBeAwaited() {
        try (Simulation simulation = new Simulation(1, Faults.NONE)) {
            Program program = new Program(simulation.node("a"), 0);

            assertFalse(program.core.awaitEnd(10));
            program.end();

            assertTrue(program.core.awaitEnd(10));
        }
    }

    @Test
    void waitingInAStepFailsTheRun() {
        try (Simulation simulation = new Simulation(1, Faults.NONE)) {
            Program program = new Program(simulation.node("a"), 0);
            program.post(() -> program.core.awaitEnd(10));

            assertThrows(SimulationFailure.class, () -> simulation.runFor(Duration.ofMillis(1)));
        }
    }

    @Test
    void aCoreIsHereOnlyInItsOwnStep() {
        try (Simulation simulation = new Simulation(1, Faults.NONE)) {
            SimNode node = simulation.node("a");
            Program one = new Program(node, 0);
            Program other = new Program(node, 1);
            AtomicInteger right = new AtomicInteger();
            one.post(() -> {
                assertTrue(one.here());
                assertFalse(other.here());
                right.incrementAndGet();
            });

            simulation.run(() -> right.get() == 1, LIMIT);

            assertFalse(one.here());
        }
    }

    @Test
    void whatAProgramThrowsFailsTheRun() {
        try (Simulation simulation = new Simulation(7, Faults.NONE)) {
            Program program = new Program(simulation.node("a"), 0);
            program.post(() -> {
                throw new IllegalStateException("planted");
            });

            SimulationFailure failure =
                    assertThrows(
                            SimulationFailure.class, () -> simulation.runFor(Duration.ofMillis(1)));

            assertEquals(7, failure.seed());
            assertTrue(failure.getMessage().contains("planted"));
        }
    }

    @Test
    void aStalledCoreGoesOnLater() {
        HostFaults host = HostFaults.NONE;
        HostFaults stalling = new HostFaults(host.job(), 0.05, Span.millis(1, 50), 0, 0);
        try (Simulation simulation = new Simulation(3, Faults.NONE.with(stalling))) {
            SimNode node = simulation.node("a");
            PingPong game = new PingPong(new Program(node, 0), new Program(node, 1));

            simulation.run(game::done, LIMIT);

            assertTrue(simulation.count(Mishap.CORE_STALLED) > 0);
        }
    }

    @Test
    void aTimeLimitThatPassesFailsTheRun() {
        try (Simulation simulation = new Simulation(1, Faults.NONE)) {
            Program program = new Program(simulation.node("a"), 0);
            Runnable[] again = new Runnable[1];
            again[0] = () -> program.later(1_000_000, again[0]);
            program.post(again[0]);

            SimulationFailure failure =
                    assertThrows(
                            SimulationFailure.class,
                            () -> simulation.run(() -> false, Duration.ofMillis(20)));

            assertTrue(failure.getMessage().contains("has not come within PT0.02S"));
        }
    }

    @Test
    void aCheckerRunsAfterEveryStep() {
        try (Simulation simulation = new Simulation(1, Faults.NONE)) {
            AtomicInteger checks = new AtomicInteger();
            simulation.check(checks::incrementAndGet);
            for (int i = 0; i < 10; i++) {
                simulation.after(Duration.ofMillis(i), () -> {});
            }

            simulation.run(() -> checks.get() == 10, LIMIT);
            simulation.check(() -> assertEquals(0, 1));
            simulation.after(Duration.ZERO, () -> {});

            assertThrows(SimulationFailure.class, () -> simulation.runFor(Duration.ofMillis(1)));
        }
    }
}
