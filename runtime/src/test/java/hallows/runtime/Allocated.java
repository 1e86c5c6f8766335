package hallows.runtime;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/// How much heap a piece of work takes.
final class Allocated {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocated() {}

    /// The bytes one round takes on average, after it has become warm.
    static double bytesPerRound(Runnable round) {
        int rounds = 20_000;
        run(round, rounds);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        run(round, rounds);
        return (double) (THREADS.getCurrentThreadAllocatedBytes() - before) / rounds;
    }

    private static void run(Runnable round, int rounds) {
        for (int i = 0; i < rounds; i++) {
            round.run();
        }
    }
}
