package hallows.broker;

import hallows.cluster.DirectoryId;
import hallows.log.Durability;
import hallows.runtime.Report;
import hallows.runtime.Result;
import hallows.simulation.Mishap;
import hallows.simulation.SimNode;
import hallows.simulation.Simulation;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// One broker after the other on a machine, each with the directories that the one before has left.
final class BrokerLives {
    private static final int AGAIN_MILLIS = 20;

    /// What a stop in good order cannot survive.
    private static final Set<Mishap> FAILURES =
            EnumSet.of(
                    Mishap.READ_FAILED,
                    Mishap.CALL_FAILED,
                    Mishap.WRITE_FAILED,
                    Mishap.NO_SPACE,
                    Mishap.FLUSH_FAILED,
                    Mishap.BIT_FLIPPED);

    private final Moments moments;
    private final SimNode machine;
    private final Durability durability;
    private final Capacity capacity;
    private final SimulatedCluster cluster;
    private final Crowd crowd;
    private final Consumer<Report> reports;
    private final Map<Path, DirectoryId> directories = new LinkedHashMap<>();
    private BrokerProcess process;
    private int lives;
    private boolean busy;
    private boolean wasClean;
    private long failuresBefore;

    /// Where and for whom they live.
    ///
    /// @param machine whose disk it is
    /// @param cluster what they are told
    /// @param crowd who comes to them
    /// @param capacity how much each has underway at most
    /// @param reports is told what must not be
    record Home(
            SimNode machine,
            SimulatedCluster cluster,
            Crowd crowd,
            Capacity capacity,
            Consumer<Report> reports) {}

    /// The first one begins.
    BrokerLives(Simulation simulation, Home home, Durability durability) {
        this.moments = new Moments(simulation, simulation.dice("lives"));
        this.machine = home.machine;
        this.durability = durability;
        this.capacity = home.capacity;
        this.cluster = home.cluster;
        this.crowd = home.crowd;
        this.reports = home.reports;
        for (int number = 0; number <= moments.dice().below(2); number++) {
            directories.put(Path.of("/logs-" + number), new DirectoryId(7, 1_000 + number));
        }
        directories.keySet().forEach(each -> surely(() -> machine.disk().createDirectories(each)));
        surely(() -> machine.disk().syncDirectory(Path.of("/")));
        process = begin();
    }

    /// What is there before anybody begins, whatever the disk refuses.
    private static void surely(Supplier<Result<Result.Done>> act) {
        Result<Result.Done> done = act.get();
        while (done instanceof Result.Failed) {
            done = act.get();
        }
    }

    /// The next one, which serves as soon as its logs are open.
    void next() {
        process = begin();
    }

    private BrokerProcess begin() {
        busy = true;
        lives++;
        BrokerProcess next =
                new BrokerProcess(
                        machine.restart(),
                        new BrokerProcess.Plan(
                                1 + moments.dice().below(3),
                                directories,
                                durability,
                                capacity,
                                lives),
                        cluster);
        next.open();
        boolean clean = wasClean && failures() == failuresBefore;
        wasClean = false;
        moments.once(
                () -> next != process || next.isOpen() || next.refused() != null,
                () -> {
                    if (next == process) {
                        opened(next, clean);
                    }
                });
        return next;
    }

    private void opened(BrokerProcess next, boolean clean) {
        if (!next.isOpen() || next.hasFailed()) {
            moments.within(
                    AGAIN_MILLIS,
                    () -> {
                        if (next == process) {
                            beginAgain();
                        }
                    });
            return;
        }
        if (clean && failures() == failuresBefore && next.hasRecovered()) {
            throw new AssertionError("after a stop in good order there is nothing to recover");
        }
        next.serve(crowd.gatherAt(next.shards()), reports);
        busy = false;
    }

    private void beginAgain() {
        machine.crash();
        next();
    }

    private long failures() {
        return FAILURES.stream().mapToLong(moments.simulation()::count).sum();
    }

    /// Whether one is about to serve, or to stop.
    boolean isBusy() {
        return busy;
    }

    /// Somebody looks after it.
    void lookAfter() {
        if (process.hasFailed() && !busy) {
            beginAgain();
        }
    }

    /// The one that serves stops in good order.
    void stop(Runnable then) {
        busy = true;
        BrokerProcess stopping = process;
        failuresBefore = failures();
        stopping.requestStop();
        moments.once(
                stopping::hasEnded,
                () -> {
                    stopping.stopStorage();
                    moments.once(
                            stopping::hasStopped,
                            () -> {
                                stopped(stopping);
                                then.run();
                            });
                });
    }

    private void stopped(BrokerProcess stopped) {
        wasClean = stopped.hasStoppedWell();
        if (!wasClean && failures() == failuresBefore && !stopped.hasFailed()) {
            throw new AssertionError("no stop in good order: " + stopped);
        }
    }

    @Override
    public String toString() {
        return "life %d, %s".formatted(lives, busy ? "busy " + process.refused() : "serving");
    }
}
