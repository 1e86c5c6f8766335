package hallows.runtime.os;

import hallows.runtime.BlockingThreads;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// A fixed number of threads that wait in place of the shards.
///
/// All are started at once: starting one costs a shard more than all jobs it will ever hand in. The
/// queue takes no lock and has a limit, at which whoever comes is refused: what he wanted done is
/// still his. Nobody interrupts these threads: an interrupt would close the file a job is working
/// on.
final class OsBlocking implements BlockingThreads, AutoCloseable {
    /// Ends the thread that takes it. Made early: a host without descriptors loads no classes.
    private static final Runnable LAST = new Last();

    private record Last() implements Runnable {
        @Override
        public void run() {}
    }

    /// How many threads, and for what.
    ///
    /// @param name what the threads are called
    /// @param threads how many
    /// @param waitingMax how many jobs wait for one of them at most
    record Crew(String name, int threads, int waitingMax) {}

    private final LinkedTransferQueue<Runnable> jobs = new LinkedTransferQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Crew crew;
    private final Reports reports;
    private volatile boolean closed;

    OsBlocking(Crew crew, Reports reports) {
        this.crew = crew;
        this.reports = reports;
        IntStream.range(0, crew.threads())
                .forEach(index ->
                        Thread.ofPlatform()
                                .daemon()
                                .name("hallows-" + crew.name() + "-" + index)
                                .start(this::work));
    }

    /// Runs `job` soon.
    ///
    /// @throws RejectedExecutionException when too many wait already
    @Override
    public void run(Runnable job) {
        if (closed) {
            throw new IllegalStateException("the world is closed and takes no jobs");
        }
        if (waiting.incrementAndGet() > crew.waitingMax()) {
            waiting.decrementAndGet();
            throw new RejectedExecutionException(
                    "refused: %d %s jobs wait already".formatted(crew.waitingMax(), crew.name()));
        }
        jobs.offer(job);
    }

    /// Ends the threads once the jobs handed in before are done.
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            IntStream.range(0, crew.threads()).forEach(thread -> jobs.offer(LAST));
        }
    }

    private void work() {
        boolean more = true;
        while (more) {
            more = next();
        }
    }

    /// Does one job; whatever it throws is told and ends only the job.
    private boolean next() {
        try {
            Runnable job = jobs.take();
            waiting.decrementAndGet();
            job.run();
            return !LAST.equals(job);
        } catch (Throwable thrown) {
            reports.crashed("a job on " + Thread.currentThread().getName(), thrown);
            return true;
        }
    }
}
