package hallows.kafka;

import hallows.runtime.Report;
import hallows.simulation.DiskFaults;
import hallows.simulation.Faults;
import hallows.simulation.SimNode;
import hallows.simulation.Simulation;
import hallows.simulation.SimulationFailure;
import hallows.simulation.Span;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The whole server, from its sockets to its disks, on a machine that fails, and clients that come
/// over a network that does. At the end the machine loses power once more, everything is read
/// again, and nobody has kept anything.
final class WholeWayScenario {
    private static final Duration LIMIT = Duration.ofMinutes(6);
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration PATIENCE_WHEN_CALM = Duration.ofSeconds(6);
    private static final int ENDS_MAX = 3;

    /// More often than elsewhere, but for flushes: after each that fails the server begins anew. A
    /// slow one takes as long as matters, and no longer.
    private static final DiskFaults ROUGH =
            new DiskFaults(
                    0.0005,
                    0.003,
                    0.003,
                    0.001,
                    0.001,
                    DiskFaults.ALL.flush(),
                    DiskFaults.ALL.flushSlow(),
                    Span.millis(20, 400));

    final Simulation simulation;
    private final boolean calm;
    private final Later later;
    private final SimNode machine;
    private final ServerLives lives;
    private final RemoteCrowd crowd;

    /// Troubles that are still to come, or going on.
    private int troubles;

    private @Nullable AssertionError unwanted;

    private WholeWayScenario(long seed, Faults faults) {
        calm = faults.equals(Faults.NONE);
        simulation = new Simulation(seed, faults);
        later = new Later(simulation, simulation.dice("scenario"));
        machine = simulation.node(Service.ENDPOINT.host());
        lives = new ServerLives(simulation, machine, this::report);
        Service service =
                new Service(
                        simulation,
                        lives::number,
                        calm ? PATIENCE_WHEN_CALM : PATIENCE,
                        this::complain);
        crowd = new RemoteCrowd(simulation, service, this::report);
        simulation.check(this::check);
    }

    /// Nothing fails: whoever waits long has nothing to hide behind.
    static WholeWayScenario calm(long seed) {
        return new WholeWayScenario(seed, Faults.NONE);
    }

    /// Everything happens.
    static WholeWayScenario wild(long seed) {
        return new WholeWayScenario(seed, Faults.ALL.with(ROUGH));
    }

    void run() {
        end(1 + later.dice().below(ENDS_MAX));
        watch();
        until(() -> troubles == 0 && lives.isServing() && crowd.isDone());
        crowd.readAll();
        until(() -> lives.isServing() && crowd.hasReadAll());
        machine.powerLoss();
        lives.next();
        crowd.readAgain();
        until(() -> lives.isServing() && crowd.hasReadAll());
        crowd.checkWhole();
        part();
    }

    /// The server stops while its clients ask, and then they do.
    private void part() {
        troubles++;
        lives.stop(() -> troubles--);
        until(() -> troubles == 0);
        crowd.requestStop();
        until(crowd::hasEnded);
        crowd.close();
        check();
    }

    private void until(BooleanSupplier holds) {
        try {
            simulation.run(holds, LIMIT);
        } catch (SimulationFailure failure) {
            throw new AssertionError(failure.getMessage() + this, failure);
        }
    }

    /// The server or its machine ends so many times and comes back.
    private void end(int times) {
        if (times == 0) {
            return;
        }
        troubles++;
        later.within(
                300,
                () -> {
                    Runnable next =
                            () -> {
                                lives.next();
                                troubles--;
                                end(times - 1);
                            };
                    if (lives.isServing() && (calm || later.dice().oneIn(3))) {
                        lives.stop(next);
                    } else {
                        breakDown();
                        next.run();
                    }
                });
    }

    private void breakDown() {
        if (calm || later.dice().oneIn(2)) {
            machine.crash();
        } else {
            machine.powerLoss();
        }
    }

    private void watch() {
        later.within(
                100,
                () -> {
                    lives.lookAfter();
                    watch();
                });
    }

    private void report(Report report) {
        Throwable cause =
                switch (report) {
                    case Report.ComponentFailed(_, Throwable thrown, _) -> thrown;
                    case Report.ShardStopped(_, Throwable thrown) -> thrown;
                    case Report.MemoryLeaked _, Report.StopTimedOut _ -> null;
                };
        fail(new AssertionError(report.toString(), cause));
    }

    private void complain(String what) {
        fail(new AssertionError(what));
    }

    /// The first is the cause of the others.
    private void fail(AssertionError failure) {
        unwanted = unwanted == null ? failure : unwanted;
    }

    private void check() {
        AssertionError first = unwanted;
        if (first != null) {
            throw first;
        }
    }

    @Override
    public String toString() {
        return "%d troubles, %s\n  %s".formatted(troubles, lives, crowd);
    }
}
