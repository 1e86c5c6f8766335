package hallows.simulation;

import static hallows.simulation.DataNode.DATA;
import static hallows.simulation.DataNode.FILE;
import static hallows.simulation.DataNode.OTHER;
import static hallows.simulation.DataNode.kindOf;
import static hallows.simulation.DataNode.read;
import static hallows.simulation.DataNode.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SimDiskCrashTest {
    private static final Faults SHORT_WRITES =
            Faults.NONE.with(
                    new DiskFaults(
                            0, 0, 0.5, 0, 0, DiskFaults.NONE.flush(), 0, DiskFaults.NONE.slow()));

    @Test
    void aCrashKeepsWhatWasWritten() {
        FixedSeeds.forEach(
                SimDiskCrashTest.class,
                50,
                seed -> {
                    DataNode on = new DataNode(seed, SHORT_WRITES);
                    int bytes = write(on.create(FILE), 0, "written").bytes();

                    on.node.crash();
                    on.node.restart();

                    assertEquals("written".substring(0, bytes), on.read(FILE));
                });
    }

    @Test
    void aPowerLossTakesUnflushedWritesAndNeverFlushedOnes() {
        Set<String> seen =
                afterPowerLoss(
                        300,
                        on -> {
                            DiskFile file = on.createSynced(FILE);
                            write(file, 0, "flushed ");
                            file.flush().orThrow();
                            write(file, 8, "first ");
                            write(file, 14, "second");
                        },
                        on -> on.read(FILE));

        assertTrue(seen.stream().allMatch(text -> text.startsWith("flushed ")), seen::toString);
        assertTrue(seen.contains("flushed "), "all lost");
        assertTrue(seen.contains("flushed first second"), "all kept");
        assertTrue(seen.contains("flushed first "), "the last lost");
        assertTrue(seen.contains("flushed \0\0\0\0\0\0second"), "reordered");
        assertTrue(seen.contains("flushed fir"), "torn");
    }

    @Test
    void aPowerLossTearsAtSectorsToo() {
        Set<String> seen =
                afterPowerLoss(
                        500,
                        on -> write(on.createSynced(FILE), 256, "x".repeat(512)),
                        on -> on.read(FILE));

        assertTrue(seen.contains("\0".repeat(512) + "x".repeat(256)));
        assertTrue(seen.contains("\0".repeat(256) + "x".repeat(256)));
    }

    @Test
    void aPowerLossUndoesUnsyncedNamesAndNeverSyncedOnes() {
        Set<String> seen =
                afterPowerLoss(
                        300,
                        on -> {
                            on.createSynced(FILE).flush().orThrow();
                            on.create(OTHER).flush().orThrow();
                            on.disk().rename(FILE, DATA.resolve("renamed")).orThrow();
                        },
                        on -> names(on, DATA));

        assertEquals(Set.of("[file]", "[file, other]", "[other, renamed]", "[renamed]"), seen);
    }

    @Test
    void aSyncedRenameOfAnUnsyncedCreationIsKeptOnce() {
        Path below = DATA.resolve("sub");
        Set<String> seen =
                afterPowerLoss(
                        100,
                        on -> {
                            on.disk().createDirectories(below).orThrow();
                            on.disk().syncDirectory(DATA).orThrow();
                            on.create(FILE);
                            on.disk().rename(FILE, below.resolve("new")).orThrow();
                            on.disk().syncDirectory(below).orThrow();
                        },
                        on -> names(on, DATA) + names(on, below));

        assertEquals(Set.of("[sub][new]"), seen);
    }

    @Test
    void anUnsyncedDeletionMayBeUndoneWithItsContent() {
        Set<String> seen =
                afterPowerLoss(
                        50,
                        on -> {
                            DiskFile file = on.createSynced(FILE);
                            write(file, 0, "back");
                            file.flush().orThrow();
                            on.disk().delete(FILE).orThrow();
                        },
                        on -> on.read(FILE));

        assertEquals(Set.of("MISSING", "back"), seen);
    }

    @Test
    void whatAFailedFlushDropsNoLaterFlushBrings() {
        Set<String> seen =
                afterPowerLoss(
                        50,
                        on -> {
                            DiskFile file = on.createSynced(FILE);
                            write(file, 0, "dirty");
                            on.disk().failNext(DiskCall.FLUSH);
                            assertEquals(Fault.Kind.IO_ERROR, kindOf(file.flush()));
                            assertEquals("dirty", read(file));
                            file.flush().orThrow();
                        },
                        on -> on.read(FILE));

        assertEquals(Set.of("", "dirty"), seen);
    }

    /// What is seen when the power is back, with one seed or another.
    private static Set<String> afterPowerLoss(
            int seeds, Consumer<DataNode> before, Function<DataNode, String> look) {
        Set<String> seen = new TreeSet<>();
        FixedSeeds.forEach(
                SimDiskCrashTest.class,
                seeds,
                seed -> {
                    DataNode on = new DataNode(seed, Faults.NONE);
                    before.accept(on);
                    on.node.powerLoss();
                    on.node.restart();
                    seen.add(look.apply(on));
                });
        return seen;
    }

    private static String names(DataNode on, Path directory) {
        return on.disk().list(directory).orThrow().toString();
    }
}
