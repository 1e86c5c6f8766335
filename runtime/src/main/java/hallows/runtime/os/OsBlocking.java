package hallows.runtime.os;

import hallows.runtime.BlockingThreads;
import java.util.concurrent.LinkedTransferQueue;
import java.util.stream.IntStream;

/// A fixed number of threads that wait in place of the shards.
///
/// All are started at once: starting one costs a shard more than all jobs it will ever hand in. The
/// queue takes no lock. Nobody interrupts these threads: an interrupt would close the file a job is
/// working on.
final class OsBlocking implements BlockingThreads, AutoCloseable {
    /// Ends the thread that takes it.
    private record Last() implements Runnable {
        @Override
        public void run() {}
    }

    private final LinkedTransferQueue<Runnable> jobs = new LinkedTransferQueue<>();
    private final int threads;
    private final Reports reports;
    private volatile boolean closed;

    OsBlocking(int threads, Reports reports) {
        this.threads = threads;
        this.reports = reports;
        IntStream.range(0, threads)
                .forEach(index ->
                        Thread.ofPlatform()
                                .daemon()
                                .name("hallows-blocking-" + index)
                                .start(this::work));
    }

    @Override
    public void run(Runnable job) {
        if (closed) {
            throw new IllegalStateException("the world is closed and takes no jobs");
        }
        jobs.offer(job);
    }

    /// Ends the threads once the jobs handed in before are done.
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            IntStream.range(0, threads).forEach(thread -> jobs.offer(new Last()));
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
            job.run();
            return !(job instanceof Last);
        } catch (Throwable thrown) {
            reports.crashed("a job on " + Thread.currentThread().getName(), thrown);
            return true;
        }
    }
}
