package hallows.broker;

import hallows.cluster.DirectoryId;
import hallows.cluster.TopicImage;
import hallows.log.Durability;
import hallows.model.PartitionId;
import hallows.model.TopicId;
import hallows.runtime.Report;
import hallows.simulation.DiskFaults;
import hallows.simulation.Faults;
import hallows.simulation.Mishap;
import hallows.simulation.SeededDice;
import hallows.simulation.SimNode;
import hallows.simulation.Simulation;
import hallows.simulation.SimulationFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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

    final Simulation simulation;
    private final SeededDice dice;
    private final SimNode machine;
    private final boolean calm;
    private final Durability durability;
    private final Map<Path, DirectoryId> directories = new LinkedHashMap<>();
    private final SimulatedCluster cluster;
    private final List<PartitionLedger> ledgers = new ArrayList<>();
    private final List<ProducingClient> producers = new ArrayList<>();
    private final List<ReadingClient> readers = new ArrayList<>();
    private final AskingClient asker;
    private final ClusterTroubles changes;
    private List<List<Door.Client>> doors = List.of();
    private BrokerProcess process;
    private int lives;
    private int ends;
    private boolean busy;
    private boolean wasClean;
    private long failuresBefore;
    private @Nullable AssertionError unwanted;

    private BrokerScenario(long seed, Faults faults, Durability durability) {
        this.calm = faults.equals(Faults.NONE);
        this.durability = durability;
        simulation = new Simulation(seed, faults);
        dice = simulation.dice("scenario");
        machine = simulation.node("a");
        for (int number = 0; number <= dice.below(2); number++) {
            directories.put(Path.of("/logs-" + number), new DirectoryId(7, 1_000 + number));
        }
        directories.keySet().forEach(each -> machine.disk().createDirectories(each).orThrow());
        machine.disk().syncDirectory(Path.of("/")).orThrow();
        cluster =
                new SimulatedCluster(
                        Map.of(
                                "segment.bytes",
                                "6000",
                                "index.interval.bytes",
                                "500",
                                "message.timestamp.after.max.ms",
                                Long.toString(Long.MAX_VALUE)));
        changes = new ClusterTroubles(cluster, simulation.dice("cluster"), !calm);
        for (int number = 0; number < TOPICS; number++) {
            cluster.create(topic("t" + number, 30));
        }
        for (int number = 0; number < 3; number++) {
            readers.add(
                    new ReadingClient(
                            ledgers, simulation.dice("reader " + number), simulation::nanos, calm));
        }
        asker = new AskingClient(ledgers, simulation.dice("asker"));
        simulation.check(this::check);
        process = begin();
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

    /// A topic, of which its clients know before the broker does.
    private TopicImage topic(String name, int batches) {
        TopicId id = cluster.nextId();
        int count = 1 + dice.below(3);
        for (int index = 0; index < count; index++) {
            long first = 1L + producers.size();
            PartitionLedger ledger =
                    new PartitionLedger(new PartitionId(id, index), name, List.of(first));
            ledgers.add(ledger);
            producer(ledger, new ProducingClient.Plan(first, Append.Acks.ALL, true, batches));
            Append.Acks acks = dice.oneOf(List.of(Append.Acks.values()));
            producer(ledger, new ProducingClient.Plan(first + 1, acks, false, batches / 2));
        }
        return SimulatedCluster.topic(name, id, count);
    }

    private void producer(PartitionLedger ledger, ProducingClient.Plan plan) {
        ProducingClient client =
                new ProducingClient(
                        ledger,
                        plan,
                        simulation.dice("producer " + plan.producer()),
                        simulation::nanos);
        producers.add(client);
        if (!doors.isEmpty()) {
            doors.get(dice.below(doors.size())).add(client);
        }
    }

    void run() {
        change(2 + dice.below(6));
        end(calm ? dice.below(3) : dice.below(4));
        if (!calm) {
            fill(dice.below(3));
        }
        watch();
        run(() -> ends == 0 && !busy && producers.stream().allMatch(ProducingClient::isDone));
        machine.disk().capacity(Long.MAX_VALUE);
        run(() -> !busy && hasReadAll());
        audit();
    }

    private boolean hasReadAll() {
        return readers.stream().allMatch(ReadingClient::hasReadAll);
    }

    private void audit() {
        ends++;
        if (durability == Durability.FSYNC && !calm) {
            machine.powerLoss();
        } else {
            machine.crash();
        }
        ends--;
        readers.forEach(ReadingClient::readAgain);
        process = begin();
        run(() -> !busy && hasReadAll());
        ends++;
        stop(() -> {
            process = begin();
            ends--;
        });
        run(() -> ends == 0 && !busy);
        if (calm && simulation.events() > EVENTS_MOST) {
            throw new AssertionError(
                    "somebody runs in circles: %d events".formatted(simulation.events()));
        }
    }

    private void run(BooleanSupplier until) {
        try {
            simulation.run(until, LIMIT);
        } catch (SimulationFailure failure) {
            throw new AssertionError(failure.getMessage() + this, failure);
        }
    }

    /// A process begins, and serves as soon as its logs are open.
    private BrokerProcess begin() {
        busy = true;
        lives++;
        BrokerProcess next =
                new BrokerProcess(
                        machine.restart(),
                        new BrokerProcess.Plan(1 + dice.below(3), directories, durability, lives),
                        cluster);
        next.open();
        boolean clean = wasClean && failures() == failuresBefore;
        wasClean = false;
        as(
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
            after(
                    20,
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
        doors = new ArrayList<>();
        for (int shard = 0; shard < next.shards(); shard++) {
            doors.add(new ArrayList<>());
        }
        List<Door.Client> all = new ArrayList<>(producers);
        all.addAll(readers);
        all.add(asker);
        all.forEach(one -> doors.get(dice.below(doors.size())).add(one));
        next.serve(doors, this::report);
        busy = false;
    }

    private void beginAgain() {
        machine.crash();
        process = begin();
    }

    private long failures() {
        return simulation.count(Mishap.READ_FAILED)
                + simulation.count(Mishap.CALL_FAILED)
                + simulation.count(Mishap.WRITE_FAILED)
                + simulation.count(Mishap.NO_SPACE)
                + simulation.count(Mishap.FLUSH_FAILED)
                + simulation.count(Mishap.BIT_FLIPPED);
    }

    /// The process or its machine ends so many times and comes back.
    private void end(int times) {
        if (times == 0) {
            return;
        }
        ends++;
        after(
                200,
                () -> {
                    Runnable next =
                            () -> {
                                process = begin();
                                ends--;
                                end(times - 1);
                            };
                    if ((calm || dice.oneIn(2)) && !busy) {
                        stop(next);
                    } else {
                        if (dice.oneIn(2) || durability == Durability.PAGE_CACHE) {
                            machine.crash();
                        } else {
                            machine.powerLoss();
                        }
                        next.run();
                    }
                });
    }

    /// Stops in good order.
    private void stop(Runnable then) {
        busy = true;
        BrokerProcess stopping = process;
        failuresBefore = failures();
        stopping.requestStop();
        as(
                stopping::hasEnded,
                () -> {
                    stopping.stopStorage();
                    as(
                            stopping::hasStopped,
                            () -> {
                                wasClean = stopping.hasStoppedWell();
                                if (!wasClean
                                        && failures() == failuresBefore
                                        && !stopping.hasFailed()) {
                                    throw new AssertionError("no stop in good order: " + stopping);
                                }
                                then.run();
                            });
                });
    }

    /// The cluster changes its mind so many times.
    private void change(int times) {
        if (times == 0) {
            return;
        }
        ends++;
        after(
                120,
                () -> {
                    cluster.topic("t" + dice.below(TOPICS)).ifPresent(this::change);
                    ends--;
                    change(times - 1);
                });
    }

    private void change(TopicImage topic) {
        if (dice.oneIn(3)) {
            replace(topic);
        } else {
            changes.change(topic, again -> after(40, again));
        }
    }

    /// Deletes a topic; another one of its name comes at once or later.
    private void replace(TopicImage topic) {
        ledgers.stream()
                .filter(ledger -> ledger.id.topic().equals(topic.id()))
                .forEach(PartitionLedger::delete);
        TopicImage next = topic(topic.name(), 20);
        if (dice.oneIn(2)) {
            cluster.delete(topic, Optional.of(next));
        } else {
            cluster.delete(topic, Optional.empty());
            ends++;
            after(
                    40,
                    () -> {
                        cluster.create(next);
                        ends--;
                    });
        }
    }

    /// The disk is full so many times, and has room again.
    private void fill(int times) {
        if (times == 0) {
            return;
        }
        ends++;
        after(
                150,
                () -> {
                    machine.disk().capacity(dice.below(DISK_BYTES));
                    after(
                            150,
                            () -> {
                                machine.disk().capacity(Long.MAX_VALUE);
                                ends--;
                                fill(times - 1);
                            });
                });
    }

    /// Somebody looks after it.
    private void watch() {
        after(
                100,
                () -> {
                    if (process.hasFailed() && !busy) {
                        beginAgain();
                    }
                    if (calm && !busy) {
                        readers.forEach(ReadingClient::expectNoDelay);
                    }
                    watch();
                });
    }

    private void after(int millisMost, Runnable act) {
        simulation.after(Duration.ofMillis(1 + dice.below(millisMost)), act);
    }

    private void as(BooleanSupplier holds, Runnable act) {
        after(
                4,
                () -> {
                    if (holds.getAsBoolean()) {
                        act.run();
                    } else {
                        as(holds, act);
                    }
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
        ledgers.forEach(PartitionLedger::check);
    }

    @Override
    public String toString() {
        return "%d troubles, life %d, %s; %s; %s"
                .formatted(
                        ends,
                        lives,
                        busy ? "busy " + process.refused() : "serving",
                        producers.stream().filter(one -> !one.isDone()).toList(),
                        readers);
    }
}
