package hallows.runtime;

import org.jctools.queues.atomic.MpmcAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

/// Work that no shard owns: one bounded queue for the whole host, from which every shard takes in
/// its `background` class, so that whoever has nothing better to do does most of it. Owned work
/// never moves.
final class Unowned {
    private final MpmcAtomicArrayQueue<Job> jobs;

    Unowned(int capacity) {
        jobs = new MpmcAtomicArrayQueue<>(capacity);
    }

    /// False when it is full. Any shard.
    boolean offer(Job job) {
        return jobs.offer(job);
    }

    /// The oldest, or null. Any shard.
    @Nullable Job poll() {
        return jobs.poll();
    }

    boolean isEmpty() {
        return jobs.isEmpty();
    }

    /// A job and who answers for it.
    ///
    /// @param tenure whose component fails when it throws
    /// @param work what to do, on any shard
    record Job(Tenure tenure, Runnable work) {
        void run() {
            try {
                work.run();
            } catch (RuntimeException failure) {
                tenure.failFromAnywhere(failure);
            }
        }
    }

    /// A shard's hand in it.
    static final class Hand extends Task {
        private final Unowned unowned;

        Hand(Unowned unowned, ClassQueue queue) {
            super(queue, Priority.LOW);
            this.unowned = unowned;
        }

        @Override
        protected boolean run(Slice slice) {
            while (slice.more()) {
                Job job = unowned.poll();
                if (job == null) {
                    return false;
                }
                job.run();
            }
            return true;
        }
    }
}
