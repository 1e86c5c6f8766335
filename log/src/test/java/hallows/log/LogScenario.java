package hallows.log;

import hallows.runtime.Application;
import hallows.runtime.Host;
import hallows.runtime.HostOptions;
import hallows.runtime.Report;
import hallows.runtime.Seat;
import hallows.runtime.World;
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
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A few logs on a machine that fails. At the end it loses power once more, and everything is read
/// again.
final class LogScenario {
    private static final Path DIRECTORY = Path.of("/logs");
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final int MEMORY_BYTES = 1 << 20;
    private static final int LOGS = 3;
    private static final int BATCHES = 25;
    private static final int SEGMENT_BYTES = 3_000;
    private static final int ENDS_MOST = 4;
    private static final int DISK_BYTES = 30_000;

    /// More of what a disk can do than others need.
    private static DiskFaults rough(double flushFails) {
        return new DiskFaults(
                0.002,
                0.01,
                0.02,
                flushFails,
                0.004,
                DiskFaults.ALL.flush(),
                DiskFaults.ALL.flushSlow(),
                DiskFaults.ALL.slow());
    }

    final Simulation simulation;
    private final SimNode machine;
    private final SeededDice dice;
    private final Durability durability;
    private final List<LogLedger> ledgers = new ArrayList<>();
    private boolean toleratesDamage = true;
    private boolean audits;
    private int processes;
    private int troubles;
    private @Nullable Host host;
    private @Nullable LogRig rig;
    private @Nullable AssertionError unwanted;

    private LogScenario(long seed, Faults faults, Durability durability) {
        this.durability = durability;
        simulation = new Simulation(seed, faults);
        dice = simulation.dice("scenario");
        machine = simulation.node("a");
        for (int number = 0; number < LOGS; number++) {
            ledgers.add(
                    new LogLedger(
                            "log " + number,
                            () -> toleratesDamage ? simulation.count(Mishap.BIT_FLIPPED) : 0));
        }
        simulation.check(this::check);
    }

    /// Everything happens.
    static LogScenario wild(long seed) {
        return new LogScenario(seed, Faults.ALL.with(rough(0.004)), Durability.FSYNC);
    }

    /// The process dies, the machine does not: what the host has is enough, as long as it keeps it.
    /// It need not, once it has failed to bring it to the disk.
    static LogScenario hosted(long seed) {
        return new LogScenario(seed, Faults.ALL.with(rough(0)), Durability.PAGE_CACHE);
    }

    /// Nothing fails: whoever waits for ever has nothing to hide behind.
    static LogScenario calm(long seed) {
        return new LogScenario(seed, Faults.NONE, Durability.FSYNC);
    }

    void run() {
        start(machine, BATCHES);
        if (!simulation.faults().equals(Faults.NONE)) {
            end(dice.below(ENDS_MOST + 1));
            fill(dice.below(4));
            rot(dice.below(3));
        }
        run(this::isDone);
        endOnce();
        machine.disk().heal();
        machine.disk().capacity(Long.MAX_VALUE);
        audit();
    }

    private void endOnce() {
        if (durability == Durability.FSYNC) {
            machine.powerLoss();
        } else {
            machine.crash();
        }
    }

    /// All that was acknowledged or seen is there, and the same.
    private void audit() {
        audits = true;
        start(machine.restart(), 0);
        watch();
        run(this::hasReadAll);
        Host last = Objects.requireNonNull(host);
        last.requestStop(1_000);
        simulation.run(last::hasEnded, LIMIT);
        last.close();
    }

    private void run(BooleanSupplier until) {
        try {
            simulation.run(until, LIMIT);
        } catch (SimulationFailure failure) {
            throw new AssertionError(failure.getMessage() + toString(), failure);
        }
    }

    private boolean isDone() {
        return troubles == 0 && rig != null && rig.isDone() && hasReadAll();
    }

    @Override
    public String toString() {
        return "%d troubles, process %d: %s, %s".formatted(troubles, processes, rig, ledgers);
    }

    private boolean hasReadAll() {
        return ledgers.stream().allMatch(LogLedger::hasReadAll);
    }

    private void start(World world, long batches) {
        LogRig.Plan plan = new LogRig.Plan(DIRECTORY, ++processes, LOGS, SEGMENT_BYTES, durability);
        HostOptions options =
                HostOptions.shards(1).memory(MEMORY_BYTES, 1 << 15).reporting(this::report);
        Application logs =
                Application.named("logs")
                        .memory(MEMORY_BYTES)
                        .component(
                                "rig",
                                seat -> {
                                    LogRig made =
                                            new LogRig(
                                                    seat,
                                                    plan,
                                                    (at, by, number) ->
                                                            writer(at, by, number, batches));
                                    rig = made;
                                    return made;
                                });
        rig = null;
        ledgers.forEach(LogLedger::readAgain);
        host = Host.start(world, options, List.of(logs));
    }

    private LogWriter writer(Seat seat, LogRig by, int number, long batches) {
        long producer = processes * 100L + number;
        return new LogWriter(seat, by, ledgers.get(number), new LogWriter.Plan(producer, batches));
    }

    /// The process or its machine ends so many times and comes back; it also does when its disk has
    /// failed it.
    private void end(int times) {
        if (times == 0) {
            watch();
            return;
        }
        troubles++;
        after(
                150,
                () -> {
                    if (dice.below(2) == 0) {
                        machine.crash();
                    } else {
                        endOnce();
                    }
                    after(
                            40,
                            () -> {
                                start(machine.restart(), BATCHES);
                                troubles--;
                                end(times - 1);
                            });
                });
    }

    /// Somebody looks after it: a process whose disk has failed it is started anew.
    private void watch() {
        after(
                200,
                () -> {
                    if (rig != null && rig.hasFailed()) {
                        machine.crash();
                        start(machine.restart(), audits || processes > 20 ? 0 : BATCHES);
                    }
                    watch();
                });
    }

    private void fill(int times) {
        repeat(
                times,
                () -> machine.disk().capacity(dice.below(DISK_BYTES)),
                () -> machine.disk().capacity(Long.MAX_VALUE));
    }

    private void rot(int times) {
        Path file =
                LogRig.place(DIRECTORY, 0)
                        .resolve(new LogFileName(0, LogFileName.Kind.RECORDS).toString());
        repeat(
                times,
                () -> machine.disk().flipReads(file, 0, Long.MAX_VALUE),
                () -> machine.disk().heal());
    }

    private void repeat(int times, Runnable worse, Runnable better) {
        if (times > 0) {
            troubles++;
            after(
                    60,
                    () -> {
                        worse.run();
                        after(
                                60,
                                () -> {
                                    better.run();
                                    troubles--;
                                    repeat(times - 1, worse, better);
                                });
                    });
        }
    }

    private void after(int millisMost, Runnable act) {
        simulation.after(Duration.ofMillis(1 + dice.below(millisMost)), act);
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
        ledgers.forEach(LogLedger::check);
    }
}
