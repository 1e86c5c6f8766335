package hallows.runtime;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// A world a test drives by hand, from one thread: it steps the cores and moves the time.
final class ManualWorld implements World {
    long nanos = 1_000_000;
    final List<ManualCore> cores = new ArrayList<>();
    final ArrayDeque<Runnable> jobs = new ArrayDeque<>();
    final List<MemorySegment> reserved = new ArrayList<>();
    int coresMax = Integer.MAX_VALUE;
    private final Thread driver = Thread.currentThread();
    private volatile @Nullable ManualCore stepping;

    /// Steps all cores in turn, and runs blocking jobs, until nothing has work.
    void settle() {
        // What a test wrote is shown by a cycle without work; whoever reads it may have had its
        // own.
        int idle = 0;
        for (int round = 0; round < 100_000; round++) {
            int work = jobs.size();
            while (!jobs.isEmpty()) {
                jobs.removeFirst().run();
            }
            for (ManualCore core : cores) {
                work += core.step();
            }
            idle = work == 0 ? idle + 1 : 0;
            if (idle == 2) {
                return;
            }
        }
        throw new AssertionError("it never settles");
    }

    /// Moves the time and settles.
    void pass(long passedNanos) {
        nanos += passedNanos;
        settle();
    }

    @Override
    public Clock clock() {
        return new Clock() {
            @Override
            public long nanos() {
                return nanos;
            }

            @Override
            public long wallMillis() {
                return nanos / 1_000_000;
            }
        };
    }

    @Override
    public Dice dice(String purpose) {
        return new SplittableRandom(purpose.hashCode())::nextLong;
    }

    @Override
    public Disk disk() {
        throw new UnsupportedOperationException("no files here");
    }

    @Override
    public Network network() {
        throw new UnsupportedOperationException("no sockets here");
    }

    @Override
    public BlockingThreads blocking() {
        return jobs::add;
    }

    @Override
    public BlockingThreads flushing() {
        return jobs::add;
    }

    @Override
    public Core core(CoreOptions options) {
        if (cores.size() == coresMax) {
            throw new IllegalStateException("no descriptors are left");
        }
        ManualCore core = new ManualCore();
        cores.add(core);
        return core;
    }

    @Override
    public MemorySegment reserve(long bytes, Arena arena) {
        reserved.add(arena.allocate(Math.max(1, bytes)));
        return reserved.getLast();
    }

    /// A core that only moves when it is stepped.
    final class ManualCore implements Core {
        private @Nullable Driven driven;
        int wakes;

        /// What happens when it looks at its sockets.
        Runnable polling = () -> {};

        /// How long somebody wanted to wait for its end.
        long limitMillis;

        /// It never comes back from where it is.
        boolean stuck;

        /// Its thread has not ended although its drive has.
        boolean threadLives;

        int step() {
            Driven mine = driven;
            if (mine == null || stuck || mine.ended()) {
                return 0;
            }
            stepping = this;
            try {
                return mine.runOnce(1024);
            } finally {
                stepping = null;
            }
        }

        Driven driven() {
            if (driven == null) {
                throw new AssertionError("not started");
            }
            return driven;
        }

        @Override
        public int poll() {
            polling.run();
            return 0;
        }

        @Override
        public void flush() {}

        @Override
        public void wake() {
            wakes++;
        }

        @Override
        public boolean here() {
            return stepping == this && Thread.currentThread().equals(driver);
        }

        @Override
        public void start(Driven started) {
            driven = started;
        }

        @Override
        public boolean awaitEnd(long limitMillis) {
            this.limitMillis = limitMillis;
            if (limitMillis > 0 && !driven().ended()) {
                settle();
            }
            if (!driven().ended()) {
                nanos += limitMillis * 1_000_000;
            }
            return driven().ended() && !threadLives;
        }
    }
}
