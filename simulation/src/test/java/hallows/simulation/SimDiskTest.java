package hallows.simulation;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.runtime.Written;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimDiskTest {
    private static final Path DATA = Path.of("/data");
    private static final Path FILE = DATA.resolve("file");
    private static final Path OTHER = DATA.resolve("other");

    private final Simulation simulation = new Simulation(11, Faults.NONE);
    private final SimNode node = simulation.node("a");

    @AfterEach
    void close() {
        simulation.close();
    }

    private static SimNode nodeWithData(Simulation in) {
        SimNode made = in.node("a");
        made.disk().createDirectories(DATA).orThrow();
        made.disk().syncDirectory(Path.of("/")).orThrow();
        return made;
    }

    private static DiskFile create(SimNode on, Path path) {
        return on.disk().open(path, Disk.OpenMode.CREATE).orThrow();
    }

    private static DiskFile createSynced(SimNode on, Path path) {
        DiskFile file = create(on, path);
        on.disk().syncDirectory(DATA).orThrow();
        return file;
    }

    private static Written write(DiskFile file, long position, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int half = bytes.length / 2;
        return file.write(
                position,
                List.of(
                        ByteBuffer.wrap(bytes, 0, half),
                        ByteBuffer.wrap(bytes, half, bytes.length - half)));
    }

    private static String read(SimNode on, Path path) {
        return switch (on.disk().open(path, Disk.OpenMode.READ)) {
            case Result.Failed<DiskFile>(Fault fault) -> fault.kind().name();
            case Result.Ok<DiskFile>(DiskFile file) -> read(file);
        };
    }

    private static String read(DiskFile file) {
        ByteBuffer buffer = ByteBuffer.allocate(2_000);
        int count = file.read(0, buffer).orThrow();
        return new String(buffer.array(), 0, count, StandardCharsets.UTF_8);
    }

    private static Fault.Kind kindOf(Result<?> result) {
        return assertInstanceOf(Result.Failed.class, result).fault().kind();
    }

    @Test
    void whatIsWrittenIsReadAndHolesAreZero() {
        DiskFile file = create(nodeWithData(new Simulation(1, Faults.NONE)), FILE);

        assertEquals(new Written(5, null), write(file, 2, "hello"));

        assertEquals("\0\0hello", read(file));
        assertEquals(7, file.size().orThrow());
        file.truncate(4).orThrow();
        assertEquals("\0\0he", read(file));
        file.preallocate(1_000).orThrow();
        assertEquals(4, file.size().orThrow());
    }

    @Test
    void modesAndNamesAreMinded() {
        SimNode on = nodeWithData(new Simulation(1, Faults.NONE));
        SimDisk disk = on.disk();

        assertEquals(Fault.Kind.MISSING, kindOf(disk.open(FILE, Disk.OpenMode.READ)));
        assertEquals(
                Fault.Kind.MISSING, kindOf(disk.open(Path.of("/no/file"), Disk.OpenMode.CREATE)));
        DiskFile file = create(on, FILE);
        assertEquals(Fault.Kind.EXISTS, kindOf(disk.open(FILE, Disk.OpenMode.CREATE)));
        assertEquals(Fault.Kind.FORBIDDEN, kindOf(disk.open(DATA, Disk.OpenMode.READ)));
        DiskFile readOnly = disk.open(FILE, Disk.OpenMode.READ).orThrow();
        assertEquals(Fault.Kind.FORBIDDEN, requireNonNull(write(readOnly, 0, "x").fault()).kind());
        file.close();
        assertEquals(Fault.Kind.CLOSED, kindOf(file.flush()));
        assertEquals(Fault.Kind.EXISTS, kindOf(disk.delete(DATA)));
        assertEquals(Fault.Kind.EXISTS, kindOf(disk.createDirectories(FILE.resolve("below"))));
        create(on, OTHER);
        assertEquals(List.of("file", "other"), disk.list(DATA).orThrow());
        disk.rename(FILE, OTHER).orThrow();
        assertEquals(List.of("other"), disk.list(DATA).orThrow());
        disk.delete(OTHER).orThrow();
        assertEquals(Fault.Kind.MISSING, kindOf(disk.delete(OTHER)));
        assertEquals(Fault.Kind.MISSING, kindOf(disk.rename(FILE, OTHER)));
    }

    @Test
    void aLockIsHeldByOneAndFreedByACrash() throws Exception {
        Path lock = Path.of("/lock");
        AutoCloseable held = node.disk().lock(lock).orThrow();

        assertEquals(Fault.Kind.IN_USE, kindOf(node.disk().lock(lock)));
        held.close();
        node.disk().lock(lock).orThrow();
        node.restart();

        node.disk().lock(lock).orThrow();
    }

    @Test
    void aCrashKeepsWhatWasWritten() {
        FixedSeeds.forEach(
                SimDiskTest.class,
                50,
                seed -> {
                    SimNode on = nodeWithData(new Simulation(seed, Faults.ALL));
                    DiskFile file = create(on, FILE);
                    int bytes = write(file, 0, "written").bytes();

                    on.crash();
                    on.restart();

                    assertEquals("written".substring(0, bytes), read(retried(on)));
                });
    }

    private static DiskFile retried(SimNode on) {
        return on.disk().open(FILE, Disk.OpenMode.READ).orThrow();
    }

    @Test
    void aPowerLossTakesUnflushedWritesAndNeverFlushedOnes() {
        Set<String> seen = new TreeSet<>();
        FixedSeeds.forEach(
                SimDiskTest.class,
                300,
                seed -> {
                    SimNode on = nodeWithData(new Simulation(seed, Faults.NONE));
                    DiskFile file = createSynced(on, FILE);
                    write(file, 0, "flushed ");
                    file.flush().orThrow();
                    write(file, 8, "first ");
                    write(file, 14, "second");

                    on.powerLoss();
                    on.restart();

                    String text = read(on, FILE);
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
                SimDiskTest.class,
                500,
                seed -> {
                    SimNode on = nodeWithData(new Simulation(seed, Faults.NONE));
                    DiskFile file = createSynced(on, FILE);
                    write(file, 256, "x".repeat(512));
                    on.powerLoss();
                    on.restart();
                    seen.add(read(on, FILE));
                });

        assertTrue(seen.contains("\0".repeat(512) + "x".repeat(256)));
        assertTrue(seen.contains("\0".repeat(256) + "x".repeat(256)));
    }

    @Test
    void aPowerLossUndoesUnsyncedNamesAndNeverSyncedOnes() {
        Set<String> seen = new TreeSet<>();
        FixedSeeds.forEach(
                SimDiskTest.class,
                300,
                seed -> {
                    SimNode on = nodeWithData(new Simulation(seed, Faults.NONE));
                    createSynced(on, FILE).flush().orThrow();
                    create(on, OTHER).flush().orThrow();
                    on.disk().rename(FILE, DATA.resolve("renamed")).orThrow();
                    on.powerLoss();
                    on.restart();
                    seen.add(on.disk().list(DATA).orThrow().toString());
                });

        assertEquals(Set.of("[file]", "[file, other]", "[other, renamed]", "[renamed]"), seen);
    }

    @Test
    void aSyncedRenameOfAnUnsyncedCreationIsKeptOnce() {
        FixedSeeds.forEach(
                SimDiskTest.class,
                100,
                seed -> {
                    SimNode on = nodeWithData(new Simulation(seed, Faults.NONE));
                    on.disk().createDirectories(Path.of("/data/sub")).orThrow();
                    on.disk().syncDirectory(DATA).orThrow();
                    create(on, FILE);
                    on.disk().rename(FILE, Path.of("/data/sub/new")).orThrow();
                    on.disk().syncDirectory(Path.of("/data/sub")).orThrow();
                    on.powerLoss();
                    on.restart();

                    assertEquals(List.of("sub"), on.disk().list(DATA).orThrow());
                    assertEquals(List.of("new"), on.disk().list(Path.of("/data/sub")).orThrow());
                });
    }

    @Test
    void anUnsyncedDeletionMayBeUndoneWithItsContent() {
        Set<String> seen = new TreeSet<>();
        FixedSeeds.forEach(
                SimDiskTest.class,
                50,
                seed -> {
                    SimNode on = nodeWithData(new Simulation(seed, Faults.NONE));
                    DiskFile file = createSynced(on, FILE);
                    write(file, 0, "back");
                    file.flush().orThrow();
                    on.disk().delete(FILE).orThrow();
                    on.powerLoss();
                    on.restart();
                    seen.add(read(on, FILE));
                });

        assertEquals(Set.of("MISSING", "back"), seen);
    }

    @Test
    void whatAFailedFlushDropsNoLaterFlushBrings() {
        Set<String> seen = new TreeSet<>();
        FixedSeeds.forEach(
                SimDiskTest.class,
                50,
                seed -> {
                    SimNode on = nodeWithData(new Simulation(seed, Faults.NONE));
                    DiskFile file = createSynced(on, FILE);
                    write(file, 0, "dirty");
                    on.disk().failNext(DiskCall.FLUSH);
                    assertEquals(Fault.Kind.IO_ERROR, kindOf(file.flush()));
                    assertEquals("dirty", read(file));
                    file.flush().orThrow();
                    on.powerLoss();
                    on.restart();
                    seen.add(read(on, FILE));
                });

        assertEquals(Set.of("", "dirty"), seen);
    }

    @Test
    void aFullDiskTakesAPart() {
        SimNode on = nodeWithData(new Simulation(1, Faults.NONE));
        DiskFile file = create(on, FILE);
        on.disk().capacity(10);

        assertEquals(8, write(file, 0, "12345678").bytes());
        Written written = write(file, 8, "12345678");

        assertEquals(2, written.bytes());
        assertEquals(Fault.Kind.NO_SPACE, requireNonNull(written.fault()).kind());
        assertEquals("1234567812", read(file));
        assertEquals(Fault.Kind.NO_SPACE, kindOf(file.preallocate(11)));
        on.disk().capacity(100);
        file.preallocate(100).orThrow();
        assertEquals(new Written(4, null), write(file, 96, "full"));
        assertEquals(0, write(file, 100, "x").bytes());
        on.disk().delete(FILE).orThrow();
        assertEquals(new Written(4, null), write(create(on, OTHER), 0, "room"));
    }

    @Test
    void readsAndWritesFailWhenTheyAreMadeTo() {
        SimNode on = nodeWithData(new Simulation(1, Faults.NONE));
        DiskFile file = create(on, FILE);
        on.disk().failNext(DiskCall.WRITE);
        on.disk().failNext(DiskCall.READ);

        Written written = write(file, 0, "0123456789");
        assertTrue(written.bytes() <= 10);
        assertEquals(Fault.Kind.IO_ERROR, requireNonNull(written.fault()).kind());
        assertEquals(Fault.Kind.IO_ERROR, kindOf(file.read(0, ByteBuffer.allocate(1))));
        assertEquals(new Written(10, null), write(file, 0, "0123456789"));
        assertEquals("0123456789", read(file));
    }

    @Test
    void rottenBytesReadWrongInOneBit() {
        SimNode on = nodeWithData(new Simulation(1, Faults.NONE));
        DiskFile file = create(on, FILE);
        write(file, 0, "0123456789");
        on.disk().flipReads(FILE, 4, 6);

        String wrong = read(file);

        assertNotEquals("0123456789", wrong);
        assertEquals("0123", wrong.substring(0, 4));
        assertEquals("6789", wrong.substring(6));
        on.disk().heal();
        assertEquals("0123456789", read(file));
        assertEquals(1, on.simulation().count(Mishap.BIT_FLIPPED));
    }

    @Test
    void aCallThatMayBlockFailsTheRunOnACore() {
        Program program = new Program(node, 0);
        program.post(() -> node.disk().list(Path.of("/")));

        SimulationFailure failure =
                assertThrows(
                        SimulationFailure.class, () -> simulation.runFor(Duration.ofMillis(1)));

        assertTrue(failure.getMessage().contains("list may block"));
    }

    @Test
    void reservedMemoryIsFreedByACrash() {
        Arena arena = Arena.ofShared();
        MemorySegment memory = node.reserve(100, arena);
        assertArrayEquals(new byte[100], memory.toArray(ValueLayout.JAVA_BYTE));

        node.crash();

        assertThrows(IllegalStateException.class, () -> memory.fill((byte) 1));
    }
}
