package hallows.simulation;

import hallows.runtime.BlockingThreads;
import hallows.runtime.Core;
import hallows.runtime.CoreOptions;
import hallows.runtime.Dice;
import hallows.runtime.World;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;

/// The world of one process, from its start to its end; a restarted machine has another.
final class SimProcess implements World {
    private static final long ALIGNMENT = 64;

    /// Blocking jobs that it takes. A real host takes more, but not any number; who comes so far
    /// here has not bounded his.
    private static final int JOBS_MAX = 256;

    private final Simulation simulation;
    private final SimNode node;
    private final SeededDice dice;
    private final Dice ioDice;
    private final SimClock clock;
    private final SimDisk disk;
    private final SimNetwork network;
    private final List<SimCore> cores = new ArrayList<>();
    private final TreeMap<Long, Job> jobs = new TreeMap<>();
    private final Set<Arena> arenas = new LinkedHashSet<>();
    private long jobCount;
    private boolean alive = true;

    SimProcess(SimNode node, int incarnation) {
        this.simulation = node.simulation();
        this.node = node;
        this.dice = simulation.dice(node.name() + "#" + incarnation);
        this.ioDice = dice.fork("simulated i/o");
        this.clock = new SimClock(this, dice.fork("simulated clock"));
        this.disk = new SimDisk(this, node);
        this.network = new SimNetwork(this);
    }

    @Override
    public SimClock clock() {
        return clock;
    }

    @Override
    public Dice dice(String purpose) {
        return dice.fork(purpose);
    }

    @Override
    public SimDisk disk() {
        return disk;
    }

    @Override
    public SimNetwork network() {
        return network;
    }

    @Override
    public BlockingThreads blocking() {
        return this::block;
    }

    /// A job has a thread of its own here, whichever its kind.
    @Override
    public BlockingThreads flushing() {
        return this::block;
    }

    @Override
    public Core core(CoreOptions options) {
        mustLive();
        SimCore core = new SimCore(this, options);
        cores.add(core);
        return core;
    }

    @Override
    public MemorySegment reserve(long bytes, Arena arena) {
        mustLive();
        arenas.add(arena);
        return arena.allocate(bytes, ALIGNMENT);
    }

    Simulation simulation() {
        return simulation;
    }

    SimNode node() {
        return node;
    }

    Dice ioDice() {
        return ioDice;
    }

    List<SimCore> cores() {
        return cores;
    }

    boolean alive() {
        return alive;
    }

    /// Ends the work of a process that is dead already.
    void mustLive() {
        if (!alive) {
            throw new ProcessEnded(node.name());
        }
    }

    /// A call that may block comes in: it must not stand on a core, and in a job it may take its
    /// time.
    void mayBlock(String call) {
        mustLive();
        if (simulation.stepper().core() != null) {
            throw simulation.misuse(call + " may block, so it belongs in a blocking job");
        }
        if (ioDice.oneIn(4)) {
            takeTime(simulation.faults().host().job());
        }
    }

    /// Lets time pass, where the caller can wait: in a job.
    void takeTime(Span span) {
        Job job = simulation.stepper().job();
        if (job != null) {
            job.pause(span.draw(ioDice));
        }
    }

    /// A job is done.
    void ended(Job job) {
        if (alive && jobs.firstKey() < job.number()) {
            simulation.mishap(Mishap.JOB_OVERTOOK, node.name());
        }
        jobs.remove(job.number());
    }

    /// Stops everything at once, as a kill does.
    void die() {
        alive = false;
        cores.forEach(SimCore::die);
        List.copyOf(jobs.values()).forEach(Job::die);
        jobs.clear();
        if (simulation.stepper().busy()) {
            simulation.after(0, this::freeMemory);
        } else {
            freeMemory();
        }
    }

    private void block(Runnable work) {
        mustLive();
        if (jobs.size() >= JOBS_MAX) {
            throw new RejectedExecutionException(
                    "refused: %d blocking jobs are underway already".formatted(JOBS_MAX));
        }
        Job job = new Job(this, jobCount++, work);
        jobs.put(job.number(), job);
        simulation.after(simulation.faults().host().job().draw(ioDice), job::goOn);
    }

    private void freeMemory() {
        for (Arena arena : arenas) {
            close(arena);
        }
        arenas.clear();
    }

    private static void close(Arena arena) {
        if (arena.scope().isAlive()) {
            try {
                arena.close();
            } catch (UnsupportedOperationException _) {
                // The garbage collector frees this one.
                return;
            }
        }
    }
}
