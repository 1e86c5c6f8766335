package hallows.runtime.os;

import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/// Brings much of a file to the disk in steps, ahead of the flush that waits for it.
///
/// The host does the work of a flush on the processor of who asks for it, in one go: hundreds of
/// megabytes take a shard's processor away for whole ticks of the host, 4 ms each. After a step
/// that took work who flushes sleeps, and the shard goes on. Where the host has no such call the
/// flush does all of it.
///
/// Only a hint: what it misses, the flush finds. One writer; any thread flushes.
final class WriteBack {
    /// Some 0.3 ms of a processor.
    static final long STEP_BYTES = 1 << 20;

    /// What is on the disk already takes less: another way of flushing has been here.
    private static final long WORK_NANOS = 50_000;

    private static final long BREATH_NANOS = 20_000;
    private static final long NOTHING = Long.MAX_VALUE;

    private final Path file;
    private volatile long from = NOTHING;

    WriteBack(Path file) {
        this.file = file;
    }

    void wrote(long position) {
        if (position < from) {
            from = position;
        }
    }

    /// Begins with what was written since the last time, up to `end`; the flush takes the last step
    /// along. Returns how many steps it took.
    int begin(long end) {
        long at = from;
        from = NOTHING;
        return end - at > STEP_BYTES ? step(at, end) : 0;
    }

    private int step(long first, long end) {
        HostCalls.Answer opened = HostCalls.openToRead(file);
        if (opened.errno() != 0) {
            return 0;
        }
        int steps = 0;
        try (HostCalls.Descriptor open = new HostCalls.Descriptor((int) opened.value())) {
            for (long at = first; end - at > STEP_BYTES && start(open, at); at += STEP_BYTES) {
                steps++;
            }
        }
        return steps;
    }

    /// False when the host refuses.
    private static boolean start(HostCalls.Descriptor open, long at) {
        long begunNanos = System.nanoTime();
        int errno = HostCalls.startWriting(open, at, STEP_BYTES);
        if (System.nanoTime() - begunNanos >= WORK_NANOS) {
            LockSupport.parkNanos(BREATH_NANOS);
        }
        return errno == 0;
    }
}
