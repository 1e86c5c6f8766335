package hallows.runtime;

import java.lang.foreign.Arena;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// A process full of shards, with applications side by side on them.
public final class Host implements AutoCloseable {
    /// How long shards may take to end when their components' time is over.
    private static final long GRACE_NANOS = 1_000_000_000;

    private final World world;
    private final HostOptions options;
    private final List<Application> applications;
    private final List<SchedulingClass> classes;
    private final List<Shard> shards = new ArrayList<>();
    private final Unowned unowned = new Unowned(HostOptions.UNOWNED_CAPACITY);
    private final Arena arena = Arena.ofShared();
    private final Budget budget;
    private final List<Pool> pools = new ArrayList<>();
    private final AtomicInteger notQuiet;
    private final AtomicInteger sleeperTurn = new AtomicInteger();

    private Host(World world, HostOptions options, List<Application> applications) {
        this.world = world;
        this.options = options;
        this.applications = List.copyOf(applications);
        this.classes = new Declarations(options, applications).classes();
        this.notQuiet = new AtomicInteger(options.shards());
        this.budget = budget(world, options, arena);
    }

    private static Budget budget(World world, HostOptions options, Arena arena) {
        try {
            return new Budget(world.reserve(options.memoryBytes(), arena), options.slabBytes());
        } catch (RuntimeException | Error refused) {
            arena.close();
            throw refused;
        }
    }

    /// Starts the applications. Refuses, before anything has started, what they cannot all have.
    public static Host start(World world, HostOptions options, List<Application> applications) {
        Host host = new Host(world, options, applications);
        try {
            host.build();
        } catch (RuntimeException | Error refused) {
            host.abandon();
            throw refused;
        }
        host.shards.forEach(shard -> shard.core().start(shard));
        return host;
    }

    private void build() {
        // Memory before cores: to refuse it costs nothing, and a core holds descriptors.
        List<Allowance> allowances = new ArrayList<>();
        for (Application application : applications) {
            allowances.add(budget.lend(application.name(), application.memoryBytes()));
        }
        for (int i = 0; i < options.shards(); i++) {
            int cpu = options.pinned() ? i : -1;
            CoreOptions core = new CoreOptions(i, "hallows-shard-" + i, cpu, options.spinMicros());
            shards.add(new Shard(this, i, world.core(core)));
        }
        for (int i = 0; i < applications.size(); i++) {
            place(applications.get(i), allowances.get(i));
        }
    }

    /// Gives back what was taken before a refusal.
    private void abandon() {
        for (Shard shard : shards) {
            // A core gives its descriptors back when its drive ends, and this one ends at once.
            shard.end();
            shard.core().start(shard);
        }
        awaitEnd(world.clock().nanos() + GRACE_NANOS);
        arena.close();
    }

    private void place(Application application, Allowance allowance) {
        application.channels().forEach(channel -> connect(application, channel));
        for (int index : shardsOf(application)) {
            Shard shard = shards.get(index);
            Buffers own = new Buffers(shard, allowance);
            pools.add(new Pool(application.name(), index, own));
            for (String name : application.components().keySet()) {
                shard.add(new Post(shard, application, name, own));
            }
        }
    }

    private <M extends Message> void connect(Application application, Channel<M> channel) {
        Lines<M> lines = new Lines<>(channel, application.cores(), options.shards());
        for (int index : shardsOf(application)) {
            shards.get(index).switchboard().connect(application.name(), channel, lines);
        }
    }

    /// Asks all components to finish within the time, then ends all shards. Returns at once.
    public void requestStop(long limitMillis) {
        for (Shard shard : shards) {
            shard.welcome(new Order(() -> shard.stop(Timers.nanosOf(limitMillis))));
        }
    }

    /// Whether all shards have ended, and their threads too.
    public boolean hasEnded() {
        return shards.stream().allMatch(shard -> shard.ended() && shard.core().awaitEnd(0));
    }

    /// Stops within the time, and waits for it, two seconds more at most; false when a shard did
    /// not end. Never on a shard.
    public boolean stop(long limitMillis) {
        requestStop(limitMillis);
        long untilNanos = world.clock().nanos() + Timers.nanosOf(limitMillis) + GRACE_NANOS;
        boolean ended = awaitEnd(untilNanos);
        if (!ended && !Thread.currentThread().isInterrupted()) {
            // Somebody is stuck and keeps the others from ending together.
            endAll();
            ended = awaitEnd(untilNanos + GRACE_NANOS);
        }
        return ended;
    }

    private boolean awaitEnd(long untilNanos) {
        for (Shard shard : shards) {
            long leftNanos = Math.max(0, untilNanos - world.clock().nanos());
            shard.core().awaitEnd(Math.ceilDiv(leftNanos, 1_000_000));
        }
        return hasEnded();
    }

    private void endAll() {
        shards.forEach(each -> each.welcome(new Order(each::end)));
    }

    /// Frees the memory; only after the end. What was not given back is reported.
    @Override
    public void close() {
        Check.that(hasEnded(), "a host is closed after it has ended");
        // Mail that was underway goes back to who sent it, is dropped there, and its bytes go home.
        for (int round = 0; round < 3; round++) {
            shards.forEach(Shard::sweep);
        }
        for (Pool pool : pools) {
            Leaks leaks = pool.buffers().close();
            if (!leaks.none()) {
                report(new Report.MemoryLeaked(pool.application(), pool.shard(), leaks));
            }
        }
        arena.close();
    }

    private record Pool(String application, int shard, Buffers buffers) {}

    /// The way in for threads outside, to one component on one shard.
    public <C extends Component> Outside<C> outside(Class<C> kind, Report.ComponentId component) {
        return new Outside<>(post(component), kind, shards.get(component.shard()).inbox());
    }

    private Post post(Report.ComponentId component) {
        for (Post post : shards.get(component.shard()).posts()) {
            if (post.id().equals(component)) {
                return post;
            }
        }
        throw new IllegalArgumentException("there is no " + component);
    }

    /// What each class did on each shard: read without locks, at any time, by any thread.
    public List<ClassReport> classReports() {
        List<ClassReport> reports = new ArrayList<>();
        for (Shard shard : shards) {
            for (ClassQueue queue : shard.scheduler().queues()) {
                reports.add(
                        new ClassReport(shard.index(), queue.schedulingClass(), queue.counters()));
            }
        }
        return reports;
    }

    /// What ran in place on a shard, before any task's turn: its looks for work, and the reactions
    /// to promises, alarms and links. A turn is a cycle. Any thread.
    public ClassCounters inPlace(int shard) {
        return shards.get(shard).inPlace();
    }

    /// One class on one shard.
    ///
    /// @param shard which
    /// @param kind its class
    /// @param counters what it did, live
    public record ClassReport(int shard, SchedulingClass kind, ClassCounters counters) {}

    /// The memory of all applications.
    public Budget budget() {
        return budget;
    }

    /// A shard's components have finished, or it has stopped. When all have, all end: until then
    /// each may still be asked for an answer.
    void quiet(Shard shard) {
        if (shard.becomesQuiet() && notQuiet.decrementAndGet() == 0) {
            endAll();
        }
    }

    /// Takes a job in, unless too many wait. Any shard.
    boolean offerUnowned(Unowned.Job job) {
        boolean taken = unowned.offer(job);
        if (taken) {
            wakeOneSleeper();
        }
        return taken;
    }

    /// Somebody who sleeps could take unowned work.
    private void wakeOneSleeper() {
        int first = sleeperTurn.getAndIncrement();
        VarHandle.fullFence();
        for (int i = 0; i < shards.size(); i++) {
            Shard shard = shards.get(Math.floorMod(first + i, shards.size()));
            if (shard.sleep().isAnnounced()) {
                shard.core().wake();
                return;
            }
        }
    }

    /// Tells the reporter. What it throws must not keep a shard from what it reports, and goes
    /// where uncaught exceptions go.
    void report(Report report) {
        try {
            options.reporter().accept(report);
        } catch (Throwable thrown) {
            Thread here = Thread.currentThread();
            here.getUncaughtExceptionHandler().uncaughtException(here, thrown);
        }
    }

    List<Integer> shardsOf(Application application) {
        return IntStream.range(0, options.shards())
                .filter(application.cores()::contains)
                .boxed()
                .toList();
    }

    Shard shard(int index) {
        return shards.get(index);
    }

    World world() {
        return world;
    }

    HostOptions options() {
        return options;
    }

    List<SchedulingClass> classes() {
        return classes;
    }

    Unowned unowned() {
        return unowned;
    }

    /// Something the host tells a shard.
    private static final class Order extends Homing {
        private final Runnable act;

        Order(Runnable act) {
            this.act = act;
        }

        @Override
        protected void arrived() {
            act.run();
        }
    }
}
