package hallows.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.ThreadFactory;

/// Holds threads to processors. Left to itself the host likes to put two threads that wake each
/// other on one processor, and then nothing hops.
public final class Processor {
    private static final int MASK_BYTES = 128;

    /// Process, length of the mask, mask; 0 when it worked.
    private static final FunctionDescriptor AFFINITY =
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.ADDRESS);

    private Processor() {}

    /// Holds the calling thread, and those it starts, to one processor; on Linux.
    @SuppressWarnings("restricted")
    static void hold(int processor) {
        SymbolLookup host = Linker.nativeLinker().defaultLookup();
        MemorySegment affinity = host.find("sched_setaffinity").orElse(MemorySegment.NULL);
        if (affinity.equals(MemorySegment.NULL)) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(MASK_BYTES, Long.BYTES);
            mask.setAtIndex(ValueLayout.JAVA_LONG, 0, 1L << processor);
            int answer =
                    (int)
                            Linker.nativeLinker()
                                    .downcallHandle(affinity, AFFINITY)
                                    .invokeExact(0, mask.byteSize(), mask);
            if (answer != 0) {
                throw new IllegalStateException("cannot hold a thread to processor " + processor);
            }
        } catch (RuntimeException | Error refused) {
            throw refused;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Makes threads that are held to one processor and do not keep the JVM alive.
    public static ThreadFactory threads(int processor) {
        return work ->
                Thread.ofPlatform()
                        .daemon()
                        .unstarted(() -> {
                            hold(processor);
                            work.run();
                        });
    }
}
