package hallows.runtime.os;

import hallows.runtime.os.HostCalls.Answer;
import hallows.runtime.os.HostCalls.Descriptor;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

/// What the host has of a file in its memory. Linux tells since 6.5, to whoever has the file open;
/// the JDK does not show its descriptors, so this opens another one, once somebody asks.
///
/// Any thread. Nobody asks while it is closed, or afterwards.
final class PageCache implements AutoCloseable {
    /// The same on all processors.
    private static final long CACHESTAT = 451;

    private static final int RANGE_BYTES = 16;
    private static final int COUNTS_BYTES = 40;
    private static final Descriptor NONE = new Descriptor(-1);
    private static final Descriptor NOT_ASKED_FOR = new Descriptor(-2);

    /// Whether this host may tell; it does not change its mind.
    private static volatile boolean tells = HostCalls.LINUX;

    private final Path file;
    private final AtomicReference<Descriptor> descriptor = new AtomicReference<>(NOT_ASKED_FOR);

    /// Linked once somebody asks.
    private static final class Call {
        static final long PAGE_BYTES = HostCalls.pageBytes();
        static final MethodHandle HANDLE =
                HostCalls.linked(
                        "syscall",
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_LONG,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.JAVA_INT,
                                ValueLayout.ADDRESS,
                                ValueLayout.ADDRESS,
                                ValueLayout.JAVA_INT),
                        Linker.Option.firstVariadicArg(1));
    }

    PageCache(Path file) {
        this.file = file;
    }

    /// Whether all of these bytes are there. What is being read in counts: its reader waits, but
    /// not for long.
    boolean has(long position, long length) {
        if (!tells || length <= 0) {
            return tells;
        }
        Descriptor open = open();
        return open.number() >= 0 && cachedPages(open, position, length) >= pages(position, length);
    }

    private static long pages(long position, long length) {
        return (position + length - 1) / Call.PAGE_BYTES - position / Call.PAGE_BYTES + 1;
    }

    /// -1 when the host does not tell.
    private static long cachedPages(Descriptor open, long position, long length) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment range = arena.allocate(RANGE_BYTES, Long.BYTES);
            range.set(ValueLayout.JAVA_LONG, 0, position);
            range.set(ValueLayout.JAVA_LONG, Long.BYTES, length);
            MemorySegment counts = arena.allocate(COUNTS_BYTES, Long.BYTES);
            MemorySegment state = HostCalls.state(arena);
            long failed =
                    (long)
                            Call.HANDLE.invokeExact(
                                    state, CACHESTAT, open.number(), range, counts, 0);
            if (failed != 0) {
                tells = false;
                return -1;
            }
            return counts.get(ValueLayout.JAVA_LONG, 0);
        } catch (Throwable impossible) {
            throw new IllegalStateException("cachestat", impossible);
        }
    }

    private Descriptor open() {
        Descriptor known = descriptor.get();
        if (known.number() != NOT_ASKED_FOR.number()) {
            return known;
        }
        Answer answer = HostCalls.openToRead(file);
        Descriptor fresh = answer.errno() == 0 ? new Descriptor((int) answer.value()) : NONE;
        if (descriptor.compareAndSet(known, fresh)) {
            return fresh;
        }
        close(fresh);
        return descriptor.get();
    }

    @Override
    public void close() {
        close(descriptor.getAndSet(NONE));
    }

    private static void close(Descriptor open) {
        if (open.number() >= 0) {
            open.close();
        }
    }
}
