package hallows.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/// What the calling thread spends between `begin` and `end`, added up over the pieces of a turn:
/// time on the processor, not on the clock, so that whoever else wants the processor is not in it.
final class Spent {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private long nanos;
    private long bytes;

    void begin() {
        bytes -= THREADS.getCurrentThreadAllocatedBytes();
        nanos -= THREADS.getCurrentThreadCpuTime();
    }

    void end() {
        nanos += THREADS.getCurrentThreadCpuTime();
        bytes += THREADS.getCurrentThreadAllocatedBytes();
    }

    double nanos() {
        return nanos;
    }

    /// What it allocated on the heap.
    double bytes() {
        return bytes;
    }
}
