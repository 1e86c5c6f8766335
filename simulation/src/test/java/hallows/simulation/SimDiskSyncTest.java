package hallows.simulation;

import static hallows.simulation.DataNode.DATA;
import static hallows.simulation.DataNode.FILE;
import static hallows.simulation.DataNode.OTHER;
import static hallows.simulation.DataNode.kindOf;
import static hallows.simulation.DataNode.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.DiskFile;
import hallows.runtime.DiskSync;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SimDiskSyncTest {
    private static final DiskFaults SLOW =
            new DiskFaults(0, 0, 0, 0, 0, Span.millis(1, 1), 1, Span.millis(100, 100));

    @Test
    void allFilesSurviveWithWhatWasWrittenBefore() {
        Set<String> seen =
                afterPowerLoss(on -> {
                    DiskFile file = on.create(FILE);
                    DiskFile other = on.create(OTHER);
                    on.disk().syncDirectory(DATA).orThrow();
                    write(file, 0, "one ");
                    write(other, 0, "two ");
                    whole(on).flush().orThrow();
                    write(other, 4, "later");
                });

        assertTrue(seen.stream().allMatch(text -> text.startsWith("one two ")), seen::toString);
        assertTrue(seen.contains("one two "), seen::toString);
        assertTrue(seen.contains("one two later"), seen::toString);
    }

    @Test
    void noNameIsKept() {
        Set<String> seen =
                afterPowerLoss(on -> {
                    on.createSynced(FILE);
                    write(on.create(OTHER), 0, "new");
                    whole(on).flush().orThrow();
                });

        assertEquals(Set.of("MISSING", "new"), seen);
    }

    @Test
    void whatAFailureDropsNoLaterFlushBrings() {
        Set<String> seen =
                afterPowerLoss(on -> {
                    DiskFile file = on.createSynced(FILE);
                    DiskFile other = on.createSynced(OTHER);
                    write(file, 0, "one");
                    write(other, 0, "two");
                    on.disk().failNext(DiskCall.FLUSH_WHOLE);
                    DiskSync whole = whole(on);
                    assertEquals(Fault.Kind.IO_ERROR, kindOf(whole.flush()));
                    assertEquals("one", on.read(FILE));
                    whole.flush().orThrow();
                    file.flush().orThrow();
                    other.flush().orThrow();
                });

        assertEquals(Set.of("", "one", "two", "onetwo"), seen);
    }

    @Test
    void whatIsWrittenDuringASlowOneIsNotKept() {
        Set<String> seen = new TreeSet<>();
        FixedSeeds.forEach(
                SimDiskSyncTest.class,
                20,
                seed -> {
                    DataNode on = new DataNode(seed, Faults.NONE.with(SLOW));
                    DiskFile file = on.createSynced(FILE);
                    write(file, 0, "before");
                    Simulation simulation = on.node.simulation();
                    DiskSync whole = whole(on);
                    boolean[] done = new boolean[1];
                    on.node.blocking().run(() -> done[0] = whole.flush() instanceof Result.Ok);
                    simulation.runFor(Duration.ofMillis(50));
                    write(file, 0, "DURING");
                    simulation.run(() -> done[0], Duration.ofSeconds(1));
                    assertTrue(simulation.nanos() >= Duration.ofMillis(100).toNanos());
                    on.node.powerLoss();
                    on.node.restart();
                    seen.add(on.read(FILE));
                });
        assertTrue(seen.containsAll(Set.of("before", "DURING")), seen::toString);
    }

    @Test
    void whatIsClosedOrMissingIsSaid() {
        DataNode on = new DataNode(1, Faults.NONE);
        DiskSync whole = whole(on);
        whole.close();
        assertEquals(Fault.Kind.CLOSED, kindOf(whole.flush()));
        assertEquals(Fault.Kind.MISSING, kindOf(on.disk().wholeOf(Path.of("/none"))));
        on.disk().failNext(DiskCall.OPEN);
        assertEquals(Fault.Kind.IO_ERROR, kindOf(on.disk().wholeOf(DATA)));
    }

    private static DiskSync whole(DataNode on) {
        return on.disk().wholeOf(DATA).orThrow();
    }

    /// What both files hold together when the power is back, with one seed or another.
    private static Set<String> afterPowerLoss(Consumer<DataNode> before) {
        Set<String> seen = new TreeSet<>();
        FixedSeeds.forEach(
                SimDiskSyncTest.class,
                100,
                seed -> {
                    DataNode on = new DataNode(seed, Faults.NONE);
                    before.accept(on);
                    on.node.powerLoss();
                    on.node.restart();
                    seen.add(on.read(FILE) + on.read(OTHER));
                });
        return seen;
    }
}
