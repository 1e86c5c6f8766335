package hallows.runtime.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.Disk;
import hallows.runtime.Disk.OpenMode;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.runtime.Written;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class OsDiskTest {
    private final Disk disk = new OsDisk();
    @TempDir private Path directory;

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static Fault.Kind refusal(Result<?> result) {
        return assertInstanceOf(Result.Failed.class, result).fault().kind();
    }

    private DiskFile create(String name) {
        return disk.open(directory.resolve(name), OpenMode.CREATE).orThrow();
    }

    private static String read(DiskFile file, long position, int most) {
        ByteBuffer into = ByteBuffer.allocate(most);
        int count = file.read(position, into).orThrow();
        assertEquals(count, into.position());
        return new String(into.array(), 0, count, StandardCharsets.US_ASCII);
    }

    @Test
    void aHostThatOpensNoMoreFilesMayOpenSomeAgain() {
        int openFilesOfTheProcess = 24;
        FileSystemException refused =
                new FileSystemException("log", null, HostCalls.text(openFilesOfTheProcess));
        assertEquals(Fault.Kind.NO_SPACE, HostErrors.kind(refused));
    }

    @Test
    void whatIsWrittenIsReadWhereverItIs() {
        DiskFile file = create("log");
        assertEquals(new Written(6, null), file.write(0, List.of(bytes("abc"), bytes("def"))));
        assertEquals(new Written(3, null), file.write(6, List.of(bytes("g"), bytes("hi"))));
        assertEquals(new Written(2, null), file.write(1, List.of(bytes("BC"))));
        assertEquals(new Written(0, null), file.write(0, List.of()));
        assertEquals("aBCdefghi", read(file, 0, 99));
        assertEquals("ghi", read(file, 6, 3));
        assertEquals("", read(file, 9, 3));
        assertEquals(Result.DONE, file.flush());
        assertEquals(9L, file.size().orThrow());
        assertEquals(Result.DONE, file.truncate(4));
        assertEquals(new Written(2, null), file.write(4, List.of(bytes("x"), bytes("y"))));
        assertEquals("aBCdxy", read(file, 0, 99));
        assertEquals(directory.resolve("log"), file.path());
        file.close();
    }

    @Test
    void moreBuffersThanTheHostTakesAtOnceAreAllWritten() {
        DiskFile file = create("many");
        List<ByteBuffer> buffers = IntStream.range(0, 3_000).mapToObj(i -> bytes("x")).toList();
        assertEquals(new Written(3_000, null), file.write(0, buffers));
        assertEquals(3_000L, file.size().orThrow());
        file.close();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void preallocationReservesRoomAndKeepsTheSize() throws IOException {
        DiskFile file = create("room");
        assertEquals(Result.DONE, file.preallocate(1 << 20));
        assertEquals(0L, file.size().orThrow());
        Files.delete(file.path());
        assertEquals(Fault.Kind.MISSING, refusal(file.preallocate(1)));
        file.close();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aCutGivesBackWhatWasReserved() throws Exception {
        DiskFile file = create("room");
        file.write(0, List.of(bytes("abc")));
        file.preallocate(1 << 20).orThrow();
        assertTrue(blocks(file.path()) >= 2048);
        file.truncate(3).orThrow();
        assertTrue(blocks(file.path()) <= 8);
        assertEquals(3L, file.size().orThrow());
        file.close();
    }

    /// How many blocks of 512 bytes a file takes on the disk.
    private static long blocks(Path file) throws IOException {
        Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
        try (var out = stat.inputReader(StandardCharsets.UTF_8)) {
            return Long.parseLong(out.readLine());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskIsSaid() {
        DiskFile full = disk.open(Path.of("/dev/full"), OpenMode.READ_WRITE).orThrow();
        for (List<ByteBuffer> buffers :
                List.of(List.of(bytes("abc")), List.of(bytes("abc"), bytes("def")))) {
            Written written = full.write(0, buffers);
            assertEquals(0, written.bytes());
            assertEquals(Fault.Kind.NO_SPACE, Objects.requireNonNull(written.fault()).kind());
        }
        full.close();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aDiskThatFillsUpTellsHowMuchItTook() throws Exception {
        if (!mounted("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", directory.toString())) {
            return;
        }
        try {
            DiskFile file = create("log");
            assertEquals(Fault.Kind.NO_SPACE, refusal(file.preallocate(1 << 20)));
            Written written =
                    file.write(
                            0, List.of(ByteBuffer.allocate(40_000), ByteBuffer.allocate(40_000)));
            assertEquals(64 << 10, written.bytes());
            assertEquals(Fault.Kind.NO_SPACE, Objects.requireNonNull(written.fault()).kind());
            file.close();
        } finally {
            assertTrue(mounted("umount", directory.toString()));
        }
    }

    private static boolean mounted(String... command) throws Exception {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchCommand) {
            return false;
        }
    }

    @Test
    void whatCannotBeDoneIsSaidByKind() {
        Path log = directory.resolve("log");
        assertEquals(Fault.Kind.MISSING, refusal(disk.open(log, OpenMode.READ)));
        DiskFile file = create("log");
        assertEquals(Fault.Kind.EXISTS, refusal(disk.open(log, OpenMode.CREATE)));
        file.close();
        assertEquals(Fault.Kind.CLOSED, refusal(file.flush()));
        assertEquals(Fault.Kind.CLOSED, refusal(file.read(0, ByteBuffer.allocate(1))));
        DiskFile reader = disk.open(log, OpenMode.READ).orThrow();
        Written refused = reader.write(0, List.of(bytes("no")));
        assertEquals(Fault.Kind.FORBIDDEN, Objects.requireNonNull(refused.fault()).kind());
        assertTrue(Objects.requireNonNull(refused.fault()).message().contains(log.toString()));
        reader.close();
        assertEquals(Fault.Kind.EXISTS, refusal(disk.delete(directory)));
        assertEquals(Fault.Kind.MISSING, refusal(disk.list(directory.resolve("none"))));
        Fault noDirectory = assertInstanceOf(Result.Failed.class, disk.list(log)).fault();
        assertEquals("cannot list " + log + ": is no directory", noDirectory.message());
    }

    @Test
    void directoriesAreMadeListedSyncedAndFilesRenamed() {
        Path deep = directory.resolve("a/b");
        assertEquals(Result.DONE, disk.createDirectories(deep));
        assertEquals(Result.DONE, disk.createDirectories(deep));
        disk.open(deep.resolve("2"), OpenMode.READ_WRITE).orThrow().close();
        disk.open(deep.resolve("1"), OpenMode.READ_WRITE).orThrow().close();
        assertEquals(List.of("1", "2"), disk.list(deep).orThrow());
        assertEquals(Result.DONE, disk.rename(deep.resolve("1"), deep.resolve("2")));
        assertEquals(Result.DONE, disk.syncDirectory(deep));
        assertEquals(List.of("2"), disk.list(deep).orThrow());
        assertEquals(Result.DONE, disk.delete(deep.resolve("2")));
        assertEquals(Result.DONE, disk.delete(deep));
    }

    @Test
    void aLockIsHeldOnceUnderWhateverName() throws Exception {
        Path lock = directory.resolve(".lock");
        AutoCloseable held = disk.lock(lock).orThrow();
        assertEquals(Fault.Kind.IN_USE, refusal(disk.lock(lock)));
        Path alias = Files.createSymbolicLink(directory.resolve("alias"), lock);
        assertEquals(Fault.Kind.IN_USE, refusal(disk.lock(alias)));
        held.close();
        disk.lock(alias).orThrow().close();
        assertEquals(Fault.Kind.MISSING, refusal(disk.lock(directory.resolve("none/lock"))));
    }

    @Test
    void aLockThatIsClosedTwiceLeavesTheNextHolderAlone() throws Exception {
        Path lock = directory.resolve(".lock");
        AutoCloseable first = disk.lock(lock).orThrow();
        first.close();
        AutoCloseable second = disk.lock(lock).orThrow();
        first.close();
        // Known before the file is opened: to open and close it would give the host's lock up.
        Fault known = new Fault(Fault.Kind.IN_USE, lock + " is held by this process");
        assertEquals(new Result.Failed<AutoCloseable>(known), disk.lock(lock));
        second.close();
        disk.lock(lock).orThrow().close();
    }

    @Test
    void aFileThatCannotBeLockedIsClosed() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        Result<AutoCloseable> refused =
                new OsLock("file", channel)
                        .holds(
                                file,
                                () -> {
                                    throw new IOException("no locks here");
                                });
        assertEquals(Fault.Kind.IO_ERROR, refusal(refused));
        assertFalse(channel.isOpen());
    }

    @Test
    void anotherProcessHoldsItsLock() throws Exception {
        Path lock = Files.createFile(directory.resolve(".lock"));
        Process other =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Holder.class.getName(),
                                lock.toString())
                        .start();
        assertEquals('1', other.getInputStream().read());
        assertEquals(Fault.Kind.IN_USE, refusal(disk.lock(lock)));
        other.getOutputStream().close();
        assertEquals(0, other.waitFor());
        disk.lock(lock).orThrow().close();
    }

    /// Holds a lock until its input ends.
    static final class Holder {
        private Holder() {}

        /// Says 1 when it holds the file.
        public static void main(String[] arguments) throws Exception {
            try (AutoCloseable lock = new OsDisk().lock(Path.of(arguments[0])).orThrow()) {
                System.out.write('1');
                System.out.flush();
                assertEquals(-1, System.in.read());
                assertTrue(lock != null);
            }
        }
    }

    @Test
    void aWrittenWithoutFaultSaysNothing() {
        assertNull(new Written(1, null).fault());
    }
}
