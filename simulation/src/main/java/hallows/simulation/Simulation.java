package hallows.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A seeded stand-in for the outside world: machines, their disks, the network between them, and
/// time. Programs run on it unchanged, one step at a time, and the seed alone decides what comes
/// when, so a failure that was seen once can be seen again.
///
/// ```java
/// Seeds.forEach(LogSimulationTest.class, 200, seed -> {
///     try (Simulation simulation = new Simulation(seed, Faults.ALL)) {
///         SimNode node = simulation.node("a");
///         Server server = new Server(node);
///         simulation.check(server::holdsItsInvariants);
///         simulation.after(Duration.ofMillis(30), node::powerLoss);
///         simulation.run(server::isDone, Duration.ofMinutes(1));
///     }
/// });
/// ```
public final class Simulation implements AutoCloseable {
    private static final int EVENTS_TOLD = 40;

    private final long seed;
    private final Faults faults;
    private final String testClass;
    private final SeededDice dice;
    private final Trace trace = new Trace();
    private final Agenda agenda = new Agenda();
    private final Stepper stepper;
    private final Fabric fabric;
    private final Partitions partitions;
    private final List<SimNode> nodes = new ArrayList<>();
    private final List<Runnable> checkers = new ArrayList<>();
    private final Map<Mishap, Long> mishaps = new EnumMap<>(Mishap.class);
    private @Nullable SimulationFailure misuse;

    /// A world without machines yet, in which `faults` happen as `seed` decides.
    public Simulation(long seed, Faults faults) {
        this.seed = seed;
        this.faults = faults;
        this.testClass = SeedRun.testClass();
        this.dice = new SeededDice(seed);
        this.stepper = new Stepper(this, agenda);
        this.fabric = new Fabric(this);
        this.partitions = new Partitions(this);
        SeedRun.opened(this);
    }

    /// Adds a machine and starts its first process. Its name is its host name.
    public SimNode node(String name) {
        SimNode node = new SimNode(this, name);
        nodes.add(node);
        return node;
    }

    /// Chance for the test itself, apart from all other chance here.
    public SeededDice dice(String purpose) {
        return dice.fork(purpose);
    }

    /// Virtual nanoseconds since the beginning. The clocks of the machines show other numbers.
    public long nanos() {
        return agenda.nowNanos();
    }

    /// Does something later: a crash, a request, the healing of a partition.
    public void after(Duration delay, Runnable act) {
        after(delay.toNanos(), act);
    }

    /// Runs `checker` after every step; it throws when something does not hold.
    public void check(Runnable checker) {
        checkers.add(checker);
    }

    /// Who can reach whom.
    public Partitions partitions() {
        return partitions;
    }

    /// How often something has befallen the programs so far.
    public long count(Mishap mishap) {
        return mishaps.getOrDefault(mishap, 0L);
    }

    /// How likely each fault is.
    public Faults faults() {
        return faults;
    }

    /// What the world was made from.
    public long seed() {
        return seed;
    }

    /// A hash of all that has happened; equal for the same seed, in every process.
    public long traceHash() {
        return trace.hash();
    }

    /// How many events the hash stands for.
    public long events() {
        return trace.events();
    }

    /// Steps until something holds. Fails when it does not hold in time, and when nothing can
    /// happen any more because everybody waits for everybody.
    public void run(BooleanSupplier until, Duration limit) {
        long deadlineNanos = nanos() + limit.toNanos();
        while (!holds(until)) {
            if (nanos() > deadlineNanos) {
                throw failure("what was waited for has not come within " + limit + states(), null);
            }
            if (!step()) {
                throw failure("nothing can happen any more" + states(), null);
            }
        }
    }

    /// Steps for a while, as far as there is anything to do.
    public void runFor(Duration time) {
        long untilNanos = nanos() + time.toNanos();
        after(time, () -> {});
        while (nanos() < untilNanos && step()) {
            // All is done in the condition.
        }
    }

    /// Adds an event to the trace, so that it counts in the hash and is seen in a failure.
    public void note(String what, String who, long number) {
        trace.add(new Trace.Event(nanos(), what, who, number));
    }

    /// Fails the run, with all that is known about it.
    public SimulationFailure failure(String what, @Nullable Throwable cause) {
        String before = trace.lastLines(EVENTS_TOLD);
        return new SimulationFailure(
                new SimulationFailure.Story(what, seed, nanos(), testClass, before), cause);
    }

    /// Ends all processes and frees their memory.
    @Override
    public void close() {
        nodes.forEach(SimNode::end);
    }

    Agenda.Entry after(long delayNanos, Runnable act) {
        return agenda.after(delayNanos, act);
    }

    Stepper stepper() {
        return stepper;
    }

    Fabric fabric() {
        return fabric;
    }

    /// The machine of that name; null for none.
    @Nullable SimNode find(String name) {
        for (SimNode node : nodes) {
            if (node.name().equals(name)) {
                return node;
            }
        }
        return null;
    }

    void mishap(Mishap mishap, String whom) {
        note(mishap.name(), whom, mishaps.merge(mishap, 1L, Long::sum));
    }

    /// The program did what it must not. The run fails with the step, even if the program swallows
    /// what is thrown.
    SimulationFailure misuse(String what) {
        misuse = failure(what, null);
        return misuse;
    }

    boolean awaitEnd(SimCore core, long limitMillis) {
        if (stepper.busy() && !core.ended()) {
            throw misuse("awaitEnd waits, so it belongs outside of the steps");
        }
        long deadlineNanos = nanos() + limitMillis * 1_000_000;
        while (!core.ended() && nanos() < deadlineNanos && step()) {
            // All is done in the condition.
        }
        return core.ended();
    }

    private boolean step() {
        try {
            boolean stepped = stepper.step();
            checkers.forEach(Runnable::run);
            if (misuse != null) {
                throw misuse;
            }
            return stepped;
        } catch (Throwable thrown) {
            throw told(thrown);
        }
    }

    private boolean holds(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (Throwable thrown) {
            throw told(thrown);
        }
    }

    private SimulationFailure told(Throwable thrown) {
        return thrown instanceof SimulationFailure failure
                ? failure
                : failure(thrown.toString(), thrown);
    }

    private String states() {
        return nodes.stream()
                .flatMap(node -> node.states().stream())
                .collect(Collectors.joining(", ", ": ", ""));
    }
}
