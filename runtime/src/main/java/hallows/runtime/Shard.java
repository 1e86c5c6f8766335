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
    private final ClassCounters inPlace = new ClassCounters();
    private final Timers timers;
    private final HomeQueue arrivals = new HomeQueue();
    private final Semaphore inbox = new Semaphore(HostOptions.INBOX_CAPACITY);
    private final Switchboard switchboard;
    private final List<Post> posts = new ArrayList<>();
    private final Unowned.Hand unownedHand;
    private final Sleep sleep;
    private final Touched touched;
    private final Farewell farewell;
    private volatile State state = State.NEW;
    private boolean quiet;
    private long socketsSeenNanos;

    Shard(Host host, int index, Core core) {
        this.host = host;
        this.index = index;
        this.core = core;
        touched = new Touched(host.options().shards(), other -> host.shard(other).sleep());
        scheduler = new Scheduler(host.world().clock(), host.classes(), touched::show);
        cycleClock = new CycleClock(scheduler, host.world().clock());
        timers = new Timers(scheduler.nanos());
        switchboard = new Switchboard(this);
        unownedHand = new Unowned.Hand(host.unowned(), scheduler.queue(SchedulingClass.BACKGROUND));
        sleep = new Sleep(core::wake);
        farewell = new Farewell(this, posts, () -> host.quiet(this));
    }

    /// One cycle: look once at everything that can bring work, then work for a while, then let
    /// others know.
    ///
    /// The order is from what gives to what takes. Arrivals first: they bring back memory and
    /// finish what was begun, so that what follows finds room. Then mail, whose answers free stock.
    /// Then timers, which are late already when they ring. The sockets last, because they bring new
    /// work, and new work should meet a shard that has tidied up; while there is mail they are
    /// looked at every ten microseconds only, because a look costs more than a message. Mail only
    /// wakes its ports; reactions to promises, alarms and links run in place, on no class's
    /// account, so they should be short and wake a task for what is long. The scheduler then runs
    /// the tasks by class and turn. At the end the bytes written in this cycle leave in one call
    /// for each socket, and each shard that got mail and sleeps is woken once.
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
            // No component's failure comes this far: it is an invariant, or the machine itself.
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
        int work = arrivals.welcome(budget);
        int mail = switchboard.wakePorts();
        work += timers.advance(nanos(), TIMERS_PER_CYCLE);
        boolean polls = mail == 0 || nanos() - socketsSeenNanos >= SOCKETS_AFTER_NANOS;
        if (polls) {
            work += core.poll();
        }
        if (polls || work > 0) {
            // What ran until here is nobody's turn.
            long began = nanos();
            scheduler.look();
            inPlace.ran(nanos() - began);
        }
        if (polls) {
            socketsSeenNanos = nanos();
        }
        if (!host.unowned().isEmpty()) {
            unownedHand.wake();
        }
        touched.show();
        work += runTasks(budget);
        core.flush();
        touched.wakeThem();
        return work;
    }

    private int runTasks(int budget) {
        try {
            return scheduler.run(budget);
        } catch (RuntimeException failure) {
            Seat seat = scheduler.blamed();
            if (seat == null) {
                throw failure;
            }
            seat.fail(failure);
            return 1;
        }
    }

    private int stopBroken(Throwable cause) {
        report(new Report.ShardStopped(index, cause));
        if (state == State.NEW || state == State.RUNNING) {
            state = State.BROKEN;
            new Dismissal(this).run();
            touched.wakeThem();
            host.quiet(this);
        }
        return 1;
    }

    /// What a stopped shard still does: it lets bytes come home and answers all mail as failed, so
    /// that nobody waits for it.
    private int bounce(int budget) {
        scheduler.look();
        int work = arrivals.welcome(budget) + switchboard.bounce() + core.poll();
        touched.wakeThem();
        return work;
    }

    @Override
    public boolean awaitsOthers() {
        return sleep.awaitsOthers();
    }

    @Override
    public void fallAsleep() {
        try {
            // Memory kept for quick use here may be what another shard is out of.
            posts.forEach(post -> post.buffers().giveBackSpares());
        } catch (Throwable broken) {
            stopBroken(broken);
        }
        sleep.announce();
    }

    @Override
    public boolean idle() {
        return arrivals.isEmpty()
                && !switchboard.hasMail()
                && (state != State.RUNNING || (scheduler.isIdle() && host.unowned().isEmpty()));
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

    /// Asks every component, once, to finish within the time; tells the host when all have or the
    /// time is over. Asked again, it may shorten the time.
    void stop(long limitNanos) {
        if (state == State.RUNNING) {
            farewell.by(nanos() + limitNanos);
        } else {
            host.quiet(this);
        }
    }

    /// Whether this is the first time it has nothing to finish any more.
    boolean becomesQuiet() {
        boolean first = !quiet;
        quiet = true;
        return first;
    }

    /// Ends, whatever is left.
    void end() {
        try {
            if (state == State.RUNNING) {
                new Dismissal(this).run();
                core.poll();
            }
            touched.wakeThem();
        } finally {
            state = State.ENDED;
        }
    }

    /// After the end of all, for the host: lets in what came later.
    void sweep() {
        switchboard.bounce();
        touched.show();
        arrivals.welcome(Integer.MAX_VALUE);
    }

    void add(Post post) {
        posts.add(post);
    }

    List<Post> posts() {
        return posts;
    }

    Switchboard switchboard() {
        return switchboard;
    }

    /// `shard` sees it at the end of the turn, and is woken at the end of the cycle if it sleeps.
    void wrote(Ring ring, int shard) {
        touched.add(ring, shard);
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

    ClassCounters inPlace() {
        return inPlace;
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
