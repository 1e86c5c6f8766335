package hallows.runtime.os;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/// What the host can do and the JDK does not offer, by its C library. Everything here is off the
/// hot path.
///
/// Answers are errno values, 0 for success. A host without the call answers [#UNSUPPORTED].
@SuppressWarnings("restricted")
final class HostCalls {
    /// The call does not exist here.
    static final int UNSUPPORTED = 95;

    /// No room on the device.
    static final int ENOSPC = 28;

    /// No more of the user's quota.
    static final int EDQUOT = 122;

    private static final String NAME = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    static final boolean LINUX = NAME.startsWith("linux");
    static final boolean MAC = NAME.startsWith("mac");
    static final boolean WINDOWS = NAME.startsWith("windows");

    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_PRIVATE_ANONYMOUS_NORESERVE = LINUX ? 0x4022 : 0x1042;
    private static final int O_WRONLY_CLOEXEC = 1 | 0x80000;
    private static final int O_RDONLY_CLOEXEC = 0x80000;
    private static final int FALLOC_FL_KEEP_SIZE = 1;
    private static final int SYNC_FILE_RANGE_WRITE = 2;
    private static final int CPUS_MAX = 8192;
    private static final int POLLFD_BYTES = 8;
    private static final int POLLFD_REVENTS = 6;
    private static final int POLLERR_POLLHUP_POLLNVAL = 8 | 16 | 32;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private HostCalls() {}

    /// Whether [#reserve] and [#unreserve] work.
    static boolean reserves() {
        return LINUX || MAC;
    }

    /// Address space for `bytes` whose pages cost nothing until touched; fails as OutOfMemoryError.
    static MemorySegment reserve(long bytes) {
        MemorySegment got =
                (MemorySegment)
                        call(
                                        "mmap",
                                        FunctionDescriptor.of(
                                                ValueLayout.ADDRESS,
                                                ValueLayout.ADDRESS,
                                                LONG,
                                                INT,
                                                INT,
                                                INT,
                                                LONG),
                                        MemorySegment.NULL,
                                        bytes,
                                        PROT_READ_WRITE,
                                        MAP_PRIVATE_ANONYMOUS_NORESERVE,
                                        -1,
                                        0L)
                                .value();
        if (got.address() == -1) {
            throw new OutOfMemoryError("the host does not reserve " + bytes + " bytes");
        }
        return got;
    }

    /// Gives back what `reserve` gave.
    static void unreserve(MemorySegment memory, long bytes) {
        call("munmap", FunctionDescriptor.of(INT, ValueLayout.ADDRESS, LONG), memory, bytes);
    }

    /// Holds the calling thread to one processor.
    static int pin(int cpu) {
        if (!LINUX || cpu >= CPUS_MAX) {
            return UNSUPPORTED;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(CPUS_MAX / Byte.SIZE, Long.BYTES);
            long word = (long) cpu / Long.SIZE;
            mask.setAtIndex(LONG, word, 1L << (cpu % Long.SIZE));
            return call(
                            "sched_setaffinity",
                            FunctionDescriptor.of(INT, INT, LONG, ValueLayout.ADDRESS),
                            0,
                            mask.byteSize(),
                            mask)
                    .errno();
        }
    }

    /// The unit in which the host has files in its memory.
    static int pageBytes() {
        return (int) call("getpagesize", FunctionDescriptor.of(INT)).value();
    }

    /// Reserves room on disk for the first `bytes` of a file without changing its size.
    ///
    /// It opens the file anew, because the JDK does not show its descriptors.
    static int preallocate(Path file, long bytes) {
        if (!LINUX) {
            return UNSUPPORTED;
        }
        Answer opened = open(file, O_WRONLY_CLOEXEC);
        if (opened.errno() != 0) {
            return opened.errno();
        }
        try (Descriptor descriptor = new Descriptor((int) opened.value())) {
            return call(
                            "fallocate",
                            FunctionDescriptor.of(INT, INT, INT, LONG, LONG),
                            descriptor.number(),
                            FALLOC_FL_KEEP_SIZE,
                            0L,
                            bytes)
                    .errno();
        }
    }

    /// Cuts a file, and gives back what was reserved beyond, which the JDK does not when the size
    /// stays what it is.
    static int cut(Path file, long bytes) {
        if (!LINUX) {
            return UNSUPPORTED;
        }
        try (Arena arena = Arena.ofConfined()) {
            return call(
                            "truncate",
                            FunctionDescriptor.of(INT, ValueLayout.ADDRESS, LONG),
                            arena.allocateFrom(file.toString()),
                            bytes)
                    .errno();
        }
    }

    /// Opens a directory to hand to [#syncFileSystem]; the value is its descriptor.
    static Answer openDirectory(Path directory) {
        return openToRead(directory);
    }

    /// Opens a file only to ask about it; the value is its descriptor.
    static Answer openToRead(Path file) {
        return LINUX ? open(file, O_RDONLY_CLOEXEC) : new Answer(-1, UNSUPPORTED);
    }

    /// Flushes the file system that an open directory is in.
    static int syncFileSystem(Descriptor directory) {
        return call(SyncFileSystem.CALL, "syncfs", directory.number()).errno();
    }

    /// Linked once, because it is called thousands of times a second, and not before somebody asks.
    private static final class SyncFileSystem {
        static final MethodHandle CALL = linked("syncfs", FunctionDescriptor.of(INT, INT));
    }

    /// Begins to write a part of an open file to the disk.
    static int startWriting(Descriptor file, long position, long bytes) {
        return call(
                        SyncFileRange.CALL,
                        "sync_file_range",
                        file.number(),
                        position,
                        bytes,
                        SYNC_FILE_RANGE_WRITE)
                .errno();
    }

    /// Linked once, because a flush calls it for each megabyte.
    private static final class SyncFileRange {
        static final MethodHandle CALL =
                linked("sync_file_range", FunctionDescriptor.of(INT, INT, LONG, LONG, INT));
    }

    /// Whether nobody reads any more what is written to a descriptor. Only asking tells before
    /// something is written: an empty write to a pipe always succeeds.
    static boolean isCut(int descriptor) {
        if (!LINUX && !MAC) {
            return false;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment asked = arena.allocate(POLLFD_BYTES, Integer.BYTES);
            asked.set(INT, 0, descriptor);
            call(Poll.CALL, "poll", asked, 1L, 0);
            return (asked.get(ValueLayout.JAVA_SHORT, POLLFD_REVENTS) & POLLERR_POLLHUP_POLLNVAL)
                    != 0;
        }
    }

    /// Linked once, because somebody may ask between any two records.
    private static final class Poll {
        static final MethodHandle CALL =
                linked("poll", FunctionDescriptor.of(INT, ValueLayout.ADDRESS, LONG, INT));
    }

    private static Answer open(Path file, int mode) {
        try (Arena arena = Arena.ofConfined()) {
            return call(
                    "open",
                    FunctionDescriptor.of(INT, ValueLayout.ADDRESS, INT, INT),
                    arena.allocateFrom(file.toString()),
                    mode,
                    0);
        }
    }

    /// An open file as the C library knows it.
    record Descriptor(int number) implements AutoCloseable {
        @Override
        public void close() {
            call("close", FunctionDescriptor.of(INT, INT), number);
        }
    }

    /// What the host calls an error, in the language the JDK gets it in.
    static String text(int errno) {
        Object text =
                call("strerror", FunctionDescriptor.of(ValueLayout.ADDRESS, INT), errno).value();
        return ((MemorySegment) text).reinterpret(Short.MAX_VALUE).getString(0);
    }

    /// What came of a call: its value, and the error when that says so.
    record Answer(Object value, int errno) {}

    /// Room for the error of a call by a handle.
    static MemorySegment state(Arena arena) {
        return arena.allocate(STATE);
    }

    /// A function of the C library, to be kept by who calls it often. Its first argument is
    /// [#state].
    static MethodHandle linked(String name, FunctionDescriptor shape, Linker.Option... more) {
        Linker.Option[] options = Arrays.copyOf(more, more.length + 1);
        options[more.length] = Linker.Option.captureCallState("errno");
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), shape, options);
    }

    private static Answer call(String name, FunctionDescriptor shape, Object... arguments) {
        return call(linked(name, shape), name, arguments);
    }

    /// Calls what is [#linked].
    static Answer call(MethodHandle handle, String name, Object... arguments) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            Object[] all = new Object[arguments.length + 1];
            all[0] = state;
            System.arraycopy(arguments, 0, all, 1, arguments.length);
            Object value = handle.invokeWithArguments(all);
            boolean failed = value instanceof Number number && number.longValue() == -1;
            return new Answer(value, failed ? (int) ERRNO.get(state, 0L) : 0);
        } catch (Throwable impossible) {
            throw new IllegalStateException(name, impossible);
        }
    }
}
