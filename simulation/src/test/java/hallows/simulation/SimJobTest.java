package hallows.simulation;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.World;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SimJobTest {
    private static final Path FILE = Path.of("/file");
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static DiskFile create(SimNode node) {
        DiskFile file = node.disk().open(FILE, Disk.OpenMode.CREATE).orThrow();
        node.disk().syncDirectory(Path.of("/")).orThrow();
        return file;
    }

    private static void write(DiskFile file, long position, String text) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        file.write(position, List.of(bytes));
    }

    private static String read(World world) {
        ByteBuffer bytes = ByteBuffer.allocate(100);
        int count = world.disk().open(FILE, Disk.OpenMode.READ).orThrow().read(0, bytes).orThrow();
        return new String(bytes.array(), 0, count, StandardCharsets.UTF_8);
    }

    /// A job that flushes a file, and how far it has come.
    private static final class FlushJob {
        final AtomicBoolean begun = new AtomicBoolean();
        final AtomicBoolean done = new AtomicBoolean();

        FlushJob(SimNode node, DiskFile file) {
            node.blocking()
                    .run(() -> {
                        begun.set(true);
                        file.flush().orThrow();
                        done.set(true);
                    });
        }
    }

    @Test
    void jobsStartLaterAndOvertakeEachOther() {
        try (Simulation simulation = new Simulation(1, Faults.NONE)) {
            SimNode node = simulation.node("a");
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                int number = i;
                node.blocking().run(() -> order.add(number));
            }
            assertTrue(order.isEmpty());

            simulation.run(() -> order.size() == 20, LIMIT);

            assertFalse(order.equals(order.stream().sorted().toList()));
            assertTrue(simulation.count(Mishap.JOB_OVERTOOK) > 0);
        }
    }

    @Test
    void aFlushTakesTimeAndKeepsOnlyWhatWasWrittenBeforeIt() {
        Set<String> seen = new TreeSet<>();
        FixedSeeds.forEach(
                SimJobTest.class,
                100,
                seed -> {
                    Simulation simulation = new Simulation(seed, Faults.NONE);
                    SimNode node = simulation.node("a");
                    DiskFile file = create(node);
                    write(file, 0, "before ");
                    FlushJob flush = new FlushJob(node, file);
                    simulation.run(flush.begun::get, LIMIT);
                    write(file, 7, "meanwhile");
                    assertFalse(flush.done.get());
                    simulation.run(flush.done::get, LIMIT);
                    node.powerLoss();
                    seen.add(read(node.restart()));
                });

        assertTrue(seen.contains("before "), seen.toString());
        assertTrue(seen.stream().allMatch(text -> text.startsWith("before ")), seen.toString());
    }

    @Test
    void aPowerLossDuringAFlushKeepsSomeOrNothing() {
        Set<String> seen = new TreeSet<>();
        FixedSeeds.forEach(
                SimJobTest.class,
                100,
                seed -> {
                    Simulation simulation = new Simulation(seed, Faults.NONE);
                    SimNode node = simulation.node("a");
                    DiskFile file = create(node);
                    write(file, 0, "word");
                    FlushJob flush = new FlushJob(node, file);
                    simulation.run(flush.begun::get, LIMIT);
                    node.powerLoss();
                    assertFalse(flush.done.get());
                    seen.add(read(node.restart()));
                });

        assertTrue(seen.containsAll(Set.of("", "word")), seen.toString());
    }

    @Test
    void aCrashStopsAJobBetweenTwoOfItsCalls() {
        Set<Integer> stopped = new TreeSet<>();
        FixedSeeds.forEach(
                SimJobTest.class,
                100,
                seed -> {
                    Simulation simulation = new Simulation(seed, Faults.ALL);
                    SimNode node = simulation.node("a");
                    AtomicInteger calls = new AtomicInteger();
                    node.blocking()
                            .run(() -> {
                                for (int i = 0; i < 5; i++) {
                                    node.disk().list(Path.of("/"));
                                    calls.incrementAndGet();
                                }
                            });
                    simulation.after(Duration.ofMillis(2), node::crash);
                    simulation.runFor(Duration.ofSeconds(1));
                    stopped.add(calls.get());
                });

        assertTrue(stopped.containsAll(Set.of(0, 1, 2, 3, 4, 5)), stopped.toString());
    }

    @Test
    void aJobMayCrashItsOwnMachine() {
        try (Simulation simulation = new Simulation(1, Faults.NONE)) {
            SimNode node = simulation.node("a");
            node.blocking()
                    .run(() -> {
                        node.crash();
                        node.disk().list(Path.of("/"));
                        throw new IllegalStateException("killed before this");
                    });

            simulation.runFor(LIMIT);

            assertFalse(node.running());
        }
    }

    @Test
    void whatAJobThrowsFailsTheRun() {
        try (Simulation simulation = new Simulation(1, Faults.NONE)) {
            simulation
                    .node("a")
                    .blocking()
                    .run(() -> {
                        throw new IllegalStateException("planted");
                    });

            SimulationFailure failure =
                    assertThrows(SimulationFailure.class, () -> simulation.runFor(LIMIT));

            assertTrue(failure.getMessage().contains("planted"));
        }
    }
}
