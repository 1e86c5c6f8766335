package hallows.simulation;

import static hallows.simulation.DataNode.DATA;
import static hallows.simulation.DataNode.FILE;
import static hallows.simulation.DataNode.OTHER;
import static hallows.simulation.DataNode.kindOf;
import static hallows.simulation.DataNode.read;
import static hallows.simulation.DataNode.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SimDiskCrashTest {
    @Test
    void aCrashKeepsWhatWasWritten() {
        FixedSeeds.forEach(
                SimDiskCrashTest.class,
                50,
                seed -> {
                    DataNode on = new DataNode(seed, Faults.ALL);
                    DiskFile file = on.create(FILE);
                    int bytes = write(file, 0, "written").bytes();

                    on.node.crash();
                    on.node.restart();

                    assertEquals("written".substring(0, bytes), read(retried(on)));
                });
    }

    private static DiskFile retried(DataNode on) {
        return on.disk().open(FILE, Disk.OpenMode.READ).orThrow();
    }

    @Test
    void aPowerLossTakesUnflushedWritesAndNeverFlushedOnes() {
        Set<String> seen = new TreeSet<>();
        FixedSeeds.forEach(
                SimDiskCrashTest.class,
                300,
                seed -> {
                    DataNode on = new DataNode(seed, Faults.NONE);
                    DiskFile file = on.createSynced(FILE);
                    write(file, 0, "flushed ");
                    file.flush().orThrow();
                    write(file, 8, "first ");
                    write(file, 14, "second");

                    on.node.powerLoss();
                    on.node.restart();

                    String text = on.read(FILE);
                    assertTrue(text.startsWith("flushed "), text);
                    seen.add(text);
                });

        assertTrue(seen.contains("flushed "), "all lost");
        assertTrue(seen.contains("flushed first second"), "all kept");
        assertTrue(seen.contains("flushed first "), "the last lost");
        assertTrue(seen.contains("flushed \0\0\0\0\0\0second"), "reordered");
        assertTrue(seen.contains("flushed fir"), "torn");
    }

    @Test
    void aPowerLossTearsAtSectorsToo() {
        Set<String> seen = new TreeSet<>();
        FixedSeeds.forEach(
                SimDiskCrashTest.class,
                500,
                seed -> {
                    DataNode on = new DataNode(seed, Faults.NONE);
                    DiskFile file = on.createSynced(FILE);
                    write(file, 256, "x".repeat(512));
                    on.node.powerLoss();
                    on.node.restart();
                    seen.add(on.read(FILE));
                });

        assertTrue(seen.contains("\0".repeat(512) + "x".repeat(256)));
        assertTrue(seen.contains("\0".repeat(256) + "x".repeat(256)));
    }

    @Test
    void aPowerLossUndoesUnsyncedNamesAndNeverSyncedOnes() {
        Set<String> seen = new TreeSet<>();
        FixedSeeds.forEach(
                SimDiskCrashTest.class,
                300,
                seed -> {
                    DataNode on = new DataNode(seed, Faults.NONE);
                    on.createSynced(FILE).flush().orThrow();
                    on.create(OTHER).flush().orThrow();
                    on.disk().rename(FILE, DATA.resolve("renamed")).orThrow();
                    on.node.powerLoss();
                    on.node.restart();
                    seen.add(on.disk().list(DATA).orThrow().toString());
                });

        assertEquals(Set.of("[file]", "[file, other]", "[other, renamed]", "[renamed]"), seen);
    }

    @Test
    void aSyncedRenameOfAnUnsyncedCreationIsKeptOnce() {
        FixedSeeds.forEach(
                SimDiskCrashTest.class,
                100,
                seed -> {
                    DataNode on = new DataNode(seed, Faults.NONE);
                    on.disk().createDirectories(Path.of("/data/sub")).orThrow();
                    on.disk().syncDirectory(DATA).orThrow();
                    on.create(FILE);
                    on.disk().rename(FILE, Path.of("/data/sub/new")).orThrow();
                    on.disk().syncDirectory(Path.of("/data/sub")).orThrow();
                    on.node.powerLoss();
                    on.node.restart();

                    assertEquals(List.of("sub"), on.disk().list(DATA).orThrow());
                    assertEquals(List.of("new"), on.disk().list(Path.of("/data/sub")).orThrow());
                });
    }

    @Test
    void anUnsyncedDeletionMayBeUndoneWithItsContent() {
        Set<String> seen = new TreeSet<>();
        FixedSeeds.forEach(
                SimDiskCrashTest.class,
                50,
                seed -> {
                    DataNode on = new DataNode(seed, Faults.NONE);
                    DiskFile file = on.createSynced(FILE);
                    write(file, 0, "back");
                    file.flush().orThrow();
                    on.disk().delete(FILE).orThrow();
                    on.node.powerLoss();
                    on.node.restart();
                    seen.add(on.read(FILE));
                });

        assertEquals(Set.of("MISSING", "back"), seen);
    }

    @Test
    void whatAFailedFlushDropsNoLaterFlushBrings() {
        Set<String> seen = new TreeSet<>();
        FixedSeeds.forEach(
                SimDiskCrashTest.class,
                50,
                seed -> {
                    DataNode on = new DataNode(seed, Faults.NONE);
                    DiskFile file = on.createSynced(FILE);
                    write(file, 0, "dirty");
                    on.disk().failNext(DiskCall.FLUSH);
                    assertEquals(Fault.Kind.IO_ERROR, kindOf(file.flush()));
                    assertEquals("dirty", read(file));
                    file.flush().orThrow();
                    on.node.powerLoss();
                    on.node.restart();
                    seen.add(on.read(FILE));
                });

        assertEquals(Set.of("", "dirty"), seen);
    }
}
