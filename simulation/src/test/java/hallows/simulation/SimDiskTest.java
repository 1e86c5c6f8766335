package hallows.simulation;

import static hallows.simulation.DataNode.DATA;
import static hallows.simulation.DataNode.FILE;
import static hallows.simulation.DataNode.OTHER;
import static hallows.simulation.DataNode.kindOf;
import static hallows.simulation.DataNode.read;
import static hallows.simulation.DataNode.write;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.DiskSync;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.runtime.Written;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimDiskTest {
    private final Simulation simulation = new Simulation(11, Faults.NONE);
    private final SimNode node = simulation.node("a");

    @AfterEach
    void close() {
        simulation.close();
    }

    @Test
    void whatIsWrittenIsReadAndHolesAreZero() {
        DiskFile file = new DataNode(1, Faults.NONE).create(FILE);

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
        DataNode on = new DataNode(1, Faults.NONE);
        SimDisk disk = on.disk();

        assertEquals(Fault.Kind.MISSING, kindOf(disk.open(FILE, Disk.OpenMode.READ)));
        assertEquals(
                Fault.Kind.MISSING, kindOf(disk.open(Path.of("/no/file"), Disk.OpenMode.CREATE)));
        DiskFile file = on.create(FILE);
        assertEquals(Fault.Kind.EXISTS, kindOf(disk.open(FILE, Disk.OpenMode.CREATE)));
        assertEquals(Fault.Kind.FORBIDDEN, kindOf(disk.open(DATA, Disk.OpenMode.READ)));
        DiskFile readOnly = disk.open(FILE, Disk.OpenMode.READ).orThrow();
        assertEquals(Fault.Kind.FORBIDDEN, requireNonNull(write(readOnly, 0, "x").fault()).kind());
        file.close();
        assertEquals(Fault.Kind.CLOSED, kindOf(file.flush()));
        assertEquals(Fault.Kind.EXISTS, kindOf(disk.delete(DATA)));
        assertEquals(Fault.Kind.EXISTS, kindOf(disk.createDirectories(FILE.resolve("below"))));
        on.create(OTHER);
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
    void aFullDiskTakesAPart() {
        DataNode on = new DataNode(1, Faults.NONE);
        DiskFile file = on.create(FILE);
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
        assertEquals(new Written(4, null), write(on.create(OTHER), 0, "room"));
    }

    @Test
    void readsAndWritesFailWhenTheyAreMadeTo() {
        DataNode on = new DataNode(1, Faults.NONE);
        DiskFile file = on.create(FILE);
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
    void everyOtherCallFailsWhenItIsMadeToAndDoesNothing() {
        DataNode on = new DataNode(1, Faults.NONE);
        SimDisk disk = on.disk();
        DiskFile file = on.create(FILE);
        write(file, 0, "0123456789");
        Map<DiskCall, Supplier<Result<?>>> calls = new EnumMap<>(DiskCall.class);
        calls.put(DiskCall.READ, () -> file.read(0, ByteBuffer.allocate(1)));
        calls.put(DiskCall.FLUSH, file::flush);
        DiskSync whole = disk.wholeOf(DATA).orThrow();
        calls.put(DiskCall.FLUSH_WHOLE, whole::flush);
        calls.put(DiskCall.OPEN, () -> disk.open(OTHER, Disk.OpenMode.READ_WRITE));
        calls.put(DiskCall.LIST, () -> disk.list(DATA));
        calls.put(DiskCall.CREATE_DIRECTORIES, () -> disk.createDirectories(OTHER));
        calls.put(DiskCall.RENAME, () -> disk.rename(FILE, OTHER));
        calls.put(DiskCall.DELETE, () -> disk.delete(FILE));
        calls.put(DiskCall.LOCK, () -> disk.lock(OTHER));
        calls.put(DiskCall.TRUNCATE, () -> file.truncate(1));
        calls.put(DiskCall.PREALLOCATE, () -> file.preallocate(1_000));
        calls.put(DiskCall.SIZE, file::size);

        calls.forEach((call, made) -> {
            disk.failNext(call);
            assertEquals(Fault.Kind.IO_ERROR, kindOf(made.get()), call.words());
        });

        assertEquals(List.of("file"), disk.list(DATA).orThrow());
        assertEquals("0123456789", read(file));
        assertEquals(Set.of(DiskCall.WRITE), EnumSet.complementOf(EnumSet.copyOf(calls.keySet())));
    }

    @Test
    void chanceMakesAnyCallFail() {
        Simulation rough = new Simulation(1, Faults.ALL);
        SimDisk disk = rough.node("a").disk();
        for (int i = 0; i < 10_000; i++) {
            disk.list(Path.of("/"));
        }
        assertTrue(rough.count(Mishap.CALL_FAILED) > 0);
        rough.close();
    }

    @Test
    void rottenBytesReadWrongInOneBit() {
        DataNode on = new DataNode(1, Faults.NONE);
        DiskFile file = on.create(FILE);
        write(file, 0, "0123456789");
        on.disk().flipReads(FILE, 4, 6);

        String wrong = read(file);

        assertNotEquals("0123456789", wrong);
        assertEquals("0123", wrong.substring(0, 4));
        assertEquals("6789", wrong.substring(6));
        on.disk().heal();
        assertEquals("0123456789", read(file));
        assertEquals(1, on.node.simulation().count(Mishap.BIT_FLIPPED));
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
