package hallows.runtime.os;

import hallows.runtime.Check;
import hallows.runtime.Clock;
import hallows.runtime.Core;
import hallows.runtime.CoreOptions;
import hallows.runtime.Driven;
import hallows.runtime.Fault;
import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A core of the host: a thread of its own that drives a Netty loop.
///
/// Lives on its thread, but for what says otherwise.
final class NettyCore implements Core {
    private static final long TASK_NANOS_MAX = 200_000;
    private static final long END_NANOS_MAX = TimeUnit.SECONDS.toNanos(1);

    private final CoreOptions options;
    private final Clock clock;
    private final Reports reports;
    private final CoreLoop loop;
    private final Links links = new Links();
    private final Alertness alertness = new Alertness();
    private final AtomicInteger load = new AtomicInteger();
    private final Map<Object, Runnable> farewells = new ConcurrentHashMap<>();
    private @Nullable Drive drive;
    private @Nullable Throwable failure;
    private boolean ending;
    private boolean expects = true;
    private volatile @Nullable Thread thread;

    NettyCore(CoreOptions options, Sockets sockets, Clock clock, Reports reports) {
        this.options = options;
        this.clock = clock;
        this.reports = reports;
        this.loop = new CoreLoop(null, sockets.loops(), this::maySleep);
    }

    @Override
    public int poll() {
        // Bounded: a task that queues itself again, as a long write does, must not keep the shard.
        boolean expected = expects;
        expects = true;
        int events = loop.runNow(TASK_NANOS_MAX) + links.settle();
        if (events == 0) {
            expects = expected;
        }
        rethrow();
        return events;
    }

    @Override
    public void flush() {
        links.flush();
        links.settle();
    }

    @Override
    public void wake() {
        if (alertness.wake()) {
            loop.wakeup();
        }
    }

    @Override
    public boolean here() {
        return Thread.currentThread().equals(thread);
    }

    @Override
    public void start(Driven driven) {
        Check.that(thread == null, "a core is started once");
        Drive started = new Drive(this, driven, clock, options.spinMicros());
        drive = started;
        Thread fresh = Thread.ofPlatform().name(options.name()).unstarted(started);
        thread = fresh;
        loop.setOwningThread(fresh);
        fresh.start();
    }

    @Override
    public boolean awaitEnd(long limitMillis) {
        Check.that(!here(), "a core does not wait for itself");
        Thread running = thread;
        if (running == null) {
            return true;
        }
        try {
            return limitMillis <= 0 ? !running.isAlive() : joined(running, limitMillis);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return !running.isAlive();
        }
    }

    private static boolean joined(Thread running, long limitMillis) throws InterruptedException {
        running.join(limitMillis);
        return !running.isAlive();
    }

    /// Runs `task` on this core, soon. Any thread.
    void execute(Runnable task) {
        loop.execute(task);
    }

    /// Runs what is queued without a look at the sockets in between.
    void runTasks() {
        loop.runNonBlockingTasks(0);
    }

    /// The loop, to register sockets with. Any thread.
    EventLoop loop() {
        return loop;
    }

    Links links() {
        return links;
    }

    /// How many links live here or are on their way. Any thread.
    AtomicInteger load() {
        return load;
    }

    /// Whoever must leave before the sockets are closed; it takes itself out when it has left. Any
    /// thread.
    Map<Object, Runnable> farewells() {
        return farewells;
    }

    /// Every entry from Netty into a handler begins here: out of a sleep, the driven wakes first.
    void enter() {
        Drive started = drive;
        if (started != null) {
            started.awake();
        }
    }

    /// Remembers what a handler threw, because Netty would swallow it, for the next `poll`.
    void failed(Throwable thrown) {
        if (failure == null) {
            failure = thrown;
        } else if (!failure.equals(thrown)) {
            failure.addSuppressed(thrown);
        }
    }

    private void rethrow() {
        Throwable thrown = failure;
        failure = null;
        switch (thrown) {
            case null -> {}
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            default -> throw new IllegalStateException(thrown);
        }
    }

    /// A peer was sent more than he reads in a moment.
    void sentMuch() {
        expects = false;
    }

    /// Whether something may come at once: not when the last thing was that much was sent.
    boolean expects() {
        return expects;
    }

    /// Sleeps in the poller for at most so long, if nothing has come since the last look.
    void doze(long waitNanos) {
        if (waitNanos > 0) {
            alertness.fallAsleep();
            expects = true;
            try {
                loop.run(waitNanos, TASK_NANOS_MAX);
            } finally {
                alertness.awake();
            }
            links.settle();
        }
    }

    /// Asked by the poller when it can be woken. Must not throw: Netty would log it and sleep a
    /// second.
    private boolean maySleep() {
        Drive started = drive;
        if (started == null || ending) {
            return ending;
        }
        try {
            return !alertness.woken() && failure == null && links.quiet() && started.maySleep();
        } catch (RuntimeException | Error thrown) {
            failed(thrown);
            return false;
        }
    }

    void pin() {
        int errno = options.pinnedCpu() < 0 ? 0 : HostCalls.pin(options.pinnedCpu());
        if (errno != 0) {
            refused(
                    new Fault(
                            Fault.Kind.FORBIDDEN,
                            options.name()
                                    + " is not held to processor "
                                    + options.pinnedCpu()
                                    + ": "
                                    + HostCalls.text(errno)));
        }
    }

    /// The host refused what only one link needs.
    void refused(Fault fault) {
        reports.refused(fault);
    }

    void crashed(Throwable fatal) {
        reports.crashed(options.name(), fatal);
    }

    /// Closes what is open and ends the loop. The quiet period is 0: nobody brings work any more.
    void end() {
        ending = true;
        farewells.values().forEach(Runnable::run);
        links.abortAll();
        long until = clock.nanos() + END_NANOS_MAX;
        while (inUse() && clock.nanos() - until < 0) {
            loop.run(TimeUnit.MILLISECONDS.toNanos(1), TASK_NANOS_MAX);
            links.settle();
        }
        var ended = loop.shutdownGracefully(0, 0, TimeUnit.NANOSECONDS);
        while (!ended.isDone()) {
            loop.runNow();
        }
        links.endAll();
        Throwable left = failure;
        if (left != null) {
            crashed(left);
        }
    }

    private boolean inUse() {
        return links.anyLive() || !farewells.isEmpty();
    }
}
