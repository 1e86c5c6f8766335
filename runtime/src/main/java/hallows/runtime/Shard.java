package hallows.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/// One core of a host: its thread's work, and everything that lives there. Only what is said to be
/// for any thread may be touched by others.
final class Shard implements Driven, Home {
    /// How long mail may keep the shard from its sockets.
    private static final long SOCKETS_AFTER_NANOS = 10_000;

    /// How many timers ring in one cycle at most.
    private static final int TIMERS_PER_CYCLE = 256;

    private enum State {
        NEW,
        RUNNING,
        BROKEN,
        ENDED
    }

    private final Host host;
    private final int index;
    private final Core core;
    private final CycleClock cycleClock;
    private final Scheduler scheduler;
    private final Timers timers;
    private final HomeQueue arrivals = new HomeQueue();
    private final Semaphore inbox = new Semaphore(HostOptions.INBOX_CAPACITY);
    private final Switchboard switchboard;
    private final List<Post> posts = new ArrayList<>();
    private final Unowned.Hand unownedHand;
    private final Sleep sleep;
    private final Touched touched;
    private volatile State state = State.NEW;
    private boolean quiet;
    private long socketsSeenNanos;

    Shard(Host host, int index, Core core) {
        this.host = host;
        this.index = index;
        this.core = core;
        scheduler = new Scheduler(host.world().clock(), host.classes());
        cycleClock = new CycleClock(scheduler, host.world().clock());
        timers = new Timers(scheduler.nanos());
        switchboard = new Switchboard(this);
        unownedHand = new Unowned.Hand(host.unowned(), scheduler.queue(SchedulingClass.BACKGROUND));
        sleep = new Sleep(core::wake);
        touched = new Touched(host.options().shards(), other -> host.shard(other).sleep());
    }

    /// One cycle: look once at everything that can bring work, then work for a while, then let
    /// others know.
    ///
    /// The order is from what gives to what takes. Arrivals first: they bring back memory and
    /// finish what was begun, so that what follows finds room. Then mail, whose answers free stock.
    /// Then timers, which are late already when they ring. The sockets last, because they bring new
    /// work, and new work should meet a shard that has tidied up; while there is mail they are
    /// looked at every ten microseconds only, because a look costs more than a message. All these
    /// only wake tasks; the scheduler then runs them by class and turn. At the end the bytes
    /// written in this cycle leave in one call for each socket, and each shard that got mail and
    /// sleeps is woken once.
    @Override
    public int runOnce(int budget) {
        try {
            return switch (state) {
                case NEW -> begin();
                case RUNNING -> cycle(budget);
                case BROKEN -> bounce(budget);
                case ENDED -> 0;
            };
        } catch (Throwable broken) {
            // Whatever comes this far is no component's failure: an invariant, or the machine
            // itself.
            return stopBroken(broken);
        }
    }

    private int begin() {
        state = State.RUNNING;
        scheduler.look();
        posts.forEach(Post::open);
        return 1;
    }

    private int cycle(int budget) {
        scheduler.look();
        int work = takeArrivals(budget);
        int mail = switchboard.wakePorts();
        work += timers.advance(nanos(), TIMERS_PER_CYCLE);
        if (mail == 0 || nanos() - socketsSeenNanos >= SOCKETS_AFTER_NANOS) {
            work += core.poll();
            socketsSeenNanos = nanos();
        }
        if (!host.unowned().isEmpty()) {
            unownedHand.wake();
        }
        work += runTasks(budget);
        core.flush();
        touched.wakeThem();
        return work;
    }

    private int takeArrivals(int budget) {
        int taken = 0;
        while (taken < budget) {
            Homing traveller = arrivals.poll();
            if (traveller == null) {
                break;
            }
            traveller.arrived();
            taken++;
        }
        return taken;
    }

    private int runTasks(int budget) {
        try {
            return scheduler.run(budget);
        } catch (RuntimeException failure) {
            Task running = scheduler.running();
            Seat seat = running == null ? null : running.seat();
            if (seat == null) {
                throw failure;
            }
            seat.fail(failure);
            return 1;
        }
    }

    private int stopBroken(Throwable cause) {
        if (state == State.ENDED) {
            return 0;
        }
        boolean first = state != State.BROKEN;
        state = State.BROKEN;
        report(new Report.ShardStopped(index, cause));
        if (first) {
            posts.forEach(Post::end);
            switchboard.close();
            touched.wakeThem();
            host.quiet(this);
        }
        return 1;
    }

    /// What a stopped shard still does: it lets bytes come home and answers all mail as failed, so
    /// that nobody waits for it.
    private int bounce(int budget) {
        scheduler.look();
        int work = takeArrivals(budget) + switchboard.bounce() + core.poll();
        touched.wakeThem();
        return work;
    }

    @Override
    public void fallAsleep() {
        // Memory kept for quick use here may be what another shard is out of.
        posts.forEach(post -> post.buffers().giveBackSpares());
        sleep.announce();
    }

    @Override
    public boolean idle() {
        return arrivals.isEmpty()
                && !switchboard.hasMail()
                && scheduler.isIdle()
                && (state != State.RUNNING || host.unowned().isEmpty());
    }

    @Override
    public long sleepUntilNanos() {
        return state == State.RUNNING ? timers.nextDeadlineNanos() : Long.MAX_VALUE;
    }

    @Override
    public void wakeUp() {
        sleep.over();
        scheduler.look();
    }

    @Override
    public boolean ended() {
        return state == State.ENDED;
    }

    @Override
    public boolean here() {
        return core.here();
    }

    @Override
    public void welcome(Homing traveller) {
        arrivals.add(traveller);
        sleep.workCame();
    }

    /// Its sleep, for whoever brings it work.
    Sleep sleep() {
        return sleep;
    }

    /// Asks every component to finish within the time; tells the host when all have or the time is
    /// over.
    void stop(long limitNanos) {
        if (state != State.RUNNING) {
            host.quiet(this);
            return;
        }
        new Farewell(this, posts, () -> host.quiet(this)).begin(nanos() + limitNanos);
    }

    /// Whether this is the first time it has nothing to finish any more.
    boolean becomesQuiet() {
        boolean first = !quiet;
        quiet = true;
        return first;
    }

    /// Ends, whatever is left.
    void end() {
        if (state == State.RUNNING) {
            posts.forEach(Post::end);
            switchboard.close();
            core.poll();
        }
        touched.wakeThem();
        state = State.ENDED;
    }

    /// After the end of all, for the host: lets in what came later.
    void sweep() {
        switchboard.bounce();
        takeArrivals(Integer.MAX_VALUE);
    }

    void add(Post post) {
        posts.add(post);
    }

    List<Post> posts() {
        return posts;
    }

    <M extends Message> Port<M> port(Channel<M> channel) {
        return switchboard.port(channel);
    }

    Switchboard switchboard() {
        return switchboard;
    }

    /// At the end of the cycle `shard` is woken if it sleeps.
    void touched(int shard) {
        touched.add(shard);
    }

    void report(Report report) {
        host.report(report);
    }

    int index() {
        return index;
    }

    Core core() {
        return core;
    }

    Host host() {
        return host;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    Timers timers() {
        return timers;
    }

    Clock cycleClock() {
        return cycleClock;
    }

    Semaphore inbox() {
        return inbox;
    }

    long nanos() {
        return scheduler.nanos();
    }
}
