package hallows.broker;

import hallows.cluster.TopicImage;
import hallows.log.Durability;
import hallows.runtime.Dice;
import hallows.runtime.Report;
import hallows.simulation.DiskFaults;
import hallows.simulation.Faults;
import hallows.simulation.SimNode;
import hallows.simulation.Simulation;
import hallows.simulation.SimulationFailure;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A broker on a machine that fails, in a cluster that changes its mind, and its clients. At the
/// end the machine loses power once more, and everything is read again.
final class BrokerScenario {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final int DISK_BYTES = 60_000;
    private static final int TOPICS = 2;

    /// In a calm world, for all that there is to do.
    private static final long EVENTS_MOST = 600_000;

    /// More than others need, but for flushes: after each that fails everybody begins anew.
    private static final DiskFaults ROUGH =
            new DiskFaults(
                    0.0005,
                    0.005,
                    0.01,
                    0.001,
                    0.002,
                    DiskFaults.ALL.flush(),
                    DiskFaults.ALL.flushSlow(),
                    DiskFaults.ALL.slow());

    private static final Map<String, String> SETTINGS =
            Map.of(
                    "segment.bytes",
                    "6000",
                    "index.interval.bytes",
                    "500",
                    "message.timestamp.after.max.ms",
                    Long.toString(Long.MAX_VALUE));

    final Simulation simulation;
    private final Moments moments;
    private final Troubles troubles;
    private final Dice dice;
    private final SimNode machine;
    private final boolean calm;
    private final Durability durability;
    private final SimulatedCluster cluster = new SimulatedCluster(SETTINGS);
    private final ClusterTroubles changes;
    private final Crowd crowd;
    private final BrokerLives lives;

    private @Nullable AssertionError unwanted;

    private BrokerScenario(long seed, Faults faults, Durability durability) {
        this.calm = faults.equals(Faults.NONE);
        this.durability = durability;
        simulation = new Simulation(seed, faults);
        dice = simulation.dice("scenario");
        moments = new Moments(simulation, dice);
        troubles = new Troubles(moments);
        machine = simulation.node("a");
        changes = new ClusterTroubles(cluster, simulation.dice("cluster"), !calm);
        // Little room, now and then: whoever finds none has to wait, and is served all the same.
        boolean narrow = dice.oneIn(3);
        Capacity capacity =
                narrow
                        ? new Capacity(BrokerProcess.MEMORY_BYTES, 2, 1 + dice.below(8))
                        : Capacity.usual(BrokerProcess.MEMORY_BYTES);
        crowd = new Crowd(simulation, cluster, calm, narrow);
        for (int number = 0; number < TOPICS; number++) {
            cluster.create(crowd.topic("t" + number, cluster.nextId(), 30));
        }
        simulation.check(this::check);
        lives =
                new BrokerLives(
                        simulation,
                        new BrokerLives.Home(machine, cluster, crowd, capacity, this::report),
                        durability);
    }

    /// Nothing fails: whoever waits too long has nothing to hide behind.
    static BrokerScenario calm(long seed) {
        return new BrokerScenario(seed, Faults.NONE, Durability.FSYNC);
    }

    /// Everything happens.
    static BrokerScenario wild(long seed) {
        return new BrokerScenario(seed, Faults.ALL.with(ROUGH), Durability.FSYNC);
    }

    /// The process dies, the machine does not, and its disk brings to an end what it began.
    static BrokerScenario hosted(long seed) {
        return new BrokerScenario(seed, Faults.ALL.with(DiskFaults.NONE), Durability.PAGE_CACHE);
    }

    void run() {
        change(2 + dice.below(6));
        int ends = calm ? dice.below(3) : dice.below(4);
        if (calm && ends == 0) {
            shareForLong();
        }
        end(ends);
        if (!calm) {
            fill(dice.below(3));
        }
        watch();
        run(() -> troubles.areOver() && !lives.isBusy() && crowd.isDone());
        machine.disk().capacity(Long.MAX_VALUE);
        run(() -> !lives.isBusy() && crowd.hasReadAll());
        audit();
    }

    private void audit() {
        breakDown(calm || durability == Durability.PAGE_CACHE);
        crowd.readAgain();
        lives.next();
        run(() -> !lives.isBusy() && crowd.hasReadAll());
        troubles.began();
        lives.stop(() -> {
            lives.next();
            troubles.ended();
        });
        run(() -> troubles.areOver() && !lives.isBusy());
        if (calm && simulation.events() > EVENTS_MOST) {
            throw new AssertionError(
                    "somebody runs in circles: %d events".formatted(simulation.events()));
        }
    }

    private void breakDown(boolean gently) {
        if (gently) {
            machine.crash();
        } else {
            machine.powerLoss();
        }
    }

    private void run(BooleanSupplier until) {
        try {
            simulation.run(until, LIMIT);
        } catch (SimulationFailure failure) {
            throw new AssertionError(failure.getMessage() + this, failure);
        }
    }

    /// The process or its machine ends so many times and comes back.
    private void end(int times) {
        if (times == 0) {
            return;
        }
        troubles.began();
        Runnable next =
                () -> {
                    lives.next();
                    troubles.ended();
                    end(times - 1);
                };
        moments.within(
                200,
                () -> {
                    if ((calm || dice.oneIn(2)) && !lives.isBusy()) {
                        lives.stop(next);
                    } else {
                        breakDown(dice.oneIn(2) || durability == Durability.PAGE_CACHE);
                        next.run();
                    }
                });
    }

    /// The cluster changes its mind so many times.
    private void change(int times) {
        if (times == 0) {
            return;
        }
        troubles.within(
                120,
                () -> {
                    cluster.topic("t" + dice.below(TOPICS)).ifPresent(this::change);
                    change(times - 1);
                });
    }

    private void change(TopicImage topic) {
        if (dice.oneIn(3)) {
            replace(topic);
        } else {
            changes.change(topic, again -> troubles.within(40, again));
        }
    }

    /// Some wait for another replica for longer than their time. Only where nobody has to find out
    /// anew meanwhile what readers may see.
    private void shareForLong() {
        troubles.within(
                60,
                () ->
                        cluster.topic("t" + dice.below(TOPICS))
                                .ifPresent(topic ->
                                        changes.share(
                                                topic, again -> troubles.within(1_500, again))));
    }

    /// Deletes a topic; another one of its name comes at once or later.
    private void replace(TopicImage topic) {
        crowd.delete(topic.id());
        if (!calm && dice.oneIn(2)) {
            surprise(true, 8);
            surprise(durability == Durability.PAGE_CACHE, 120);
        }
        TopicImage next = crowd.topic(topic.name(), cluster.nextId(), 20);
        if (dice.oneIn(2)) {
            cluster.delete(topic, Optional.of(next));
        } else {
            cluster.delete(topic, Optional.empty());
            troubles.within(40, () -> cluster.create(next));
        }
    }

    /// An end in the midst of things: when logs are made and removed, or soon after.
    private void surprise(boolean gently, int millis) {
        troubles.within(
                millis,
                () -> {
                    if (!lives.isBusy()) {
                        breakDown(gently);
                        lives.next();
                    }
                });
    }

    /// The disk is full so many times, and has room again.
    private void fill(int times) {
        if (times == 0) {
            return;
        }
        troubles.within(
                150,
                () -> {
                    machine.disk().capacity(dice.below(DISK_BYTES));
                    troubles.within(
                            150,
                            () -> {
                                machine.disk().capacity(Long.MAX_VALUE);
                                fill(times - 1);
                            });
                });
    }

    private void watch() {
        moments.within(
                100,
                () -> {
                    lives.lookAfter();
                    if (calm && !lives.isBusy()) {
                        crowd.expectNoDelay();
                    }
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
        unwanted = new AssertionError(report.toString(), cause);
    }

    private void check() {
        if (unwanted != null) {
            throw unwanted;
        }
        crowd.check();
    }

    @Override
    public String toString() {
        return "%s, %s; %s".formatted(troubles, lives, crowd);
    }
}
