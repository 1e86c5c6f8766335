package hallows.log;

import hallows.runtime.Application;
import hallows.runtime.Host;
import hallows.runtime.HostOptions;
import hallows.runtime.Report;
import hallows.runtime.World;
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
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration FULL = Duration.ofSeconds(3);
    private static final int STOP_MILLIS = 120_000;
    private static final int MEMORY_BYTES = 1 << 20;
    private static final int LOGS = 3;
    private static final int ENDS_MOST = 4;

    /// After so many ends one file reads wrong while the logs are opened.
    private static final int ROTS_ONE_IN = 2;

    /// So often a process stops as soon as it has begun: what recovery has left is what the next
    /// one finds.
    private static final int BRIEF_ONE_IN = 4;

    /// So often it ends in the moment in which a log was cut.
    private static final int CUT_ONE_IN = 3;

    final Simulation simulation;
    private final SimNode machine;
    private final SeededDice dice;
    private final LogMoments moments;
    private final DiskTroubles disk;
    private final Durability durability;
    private final LogScale scale;
    private final List<LogLedger> ledgers = new ArrayList<>();
    private boolean toleratesDamage = true;
    private boolean audits;
    private boolean isOver;
    private int processes;
    private int troubles;
    private @Nullable Host host;
    private @Nullable LogRig rig;
    private @Nullable AssertionError unwanted;

    private LogScenario(long seed, Faults faults, Durability durability) {
        this.durability = durability;
        simulation = new Simulation(seed, faults);
        dice = simulation.dice("scenario");
        moments = new LogMoments(simulation, dice);
        scale = LogScale.of(simulation);
        machine = simulation.node("a");
        disk = new DiskTroubles(simulation, machine, this::file);
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
        return new LogScenario(seed, Faults.ALL.with(DiskTroubles.rough(0.004)), Durability.FSYNC);
    }

    /// The process dies, the machine does not: what the host has is enough, as long as it keeps it.
    /// It need not, once it has failed to bring it to the disk.
    static LogScenario hosted(long seed) {
        return new LogScenario(seed, Faults.ALL.with(DiskTroubles.rough(0)), Durability.PAGE_CACHE);
    }

    /// Nothing fails: whoever waits for ever has nothing to hide behind.
    static LogScenario calm(long seed) {
        return new LogScenario(seed, Faults.NONE, Durability.FSYNC);
    }

    /// The disk is full for so long that whoever gave up would be seen: whoever was refused goes on
    /// when there is room again, in the same process.
    void runOnAFullDisk() {
        start(machine, scale.load());
        moments.after(60, () -> disk.fill());
        simulation.after(FULL, () -> machine.disk().capacity(Long.MAX_VALUE));
        simulation.runFor(FULL);
        run(() -> isDone() || Objects.requireNonNull(rig).hasFailed());
        if (Objects.requireNonNull(rig).hasFailed()) {
            throw new AssertionError("it has given up: " + rig);
        }
        endOnce();
        audit();
    }

    void run() {
        start(machine, scale.load());
        if (!simulation.faults().equals(Faults.NONE)) {
            end(dice.below(ENDS_MOST + 1));
            disk.fill(dice.below(4));
            disk.rot(dice.below(3));
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
        toleratesDamage = false;
        start(machine.restart(), scale.load().none());
        watch();
        run(this::isDone);
        Host last = Objects.requireNonNull(host);
        isOver = true;
        last.requestStop(STOP_MILLIS);
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
        return troubles == 0
                && disk.isCalm()
                && rig != null
                && rig.isDone()
                && ledgers.stream().allMatch(LogLedger::hasReadAll);
    }

    @Override
    public String toString() {
        return "%d troubles, process %d: %s, %s".formatted(troubles, processes, rig, ledgers);
    }

    private void start(World world, LogWriter.Load bring) {
        LogRig.Plan plan =
                new LogRig.Plan(
                        DIRECTORY, ++processes, LOGS, scale.sizes(), durability, dice.oneIn(2));
        long failures = failures();
        LogCast cast =
                new LogCast(processes, bring, ledgers, () -> failures() == failures, moments::cut);
        HostOptions options =
                HostOptions.shards(1).memory(MEMORY_BYTES, 1 << 15).reporting(this::report);
        Application logs =
                Application.named("logs")
                        .memory(MEMORY_BYTES)
                        .component(
                                "rig",
                                seat -> {
                                    LogRig made = new LogRig(seat, plan, cast);
                                    rig = made;
                                    return made;
                                });
        rig = null;
        ledgers.forEach(LogLedger::readAgain);
        host = Host.start(world, options, List.of(logs));
    }

    private long failures() {
        return simulation.count(Mishap.READ_FAILED)
                + simulation.count(Mishap.CALL_FAILED)
                + simulation.count(Mishap.BIT_FLIPPED);
    }

    /// The process or its machine ends so many times and comes back, sometimes while it stops in
    /// good order or after it; it also does when its disk has failed it.
    private void end(int times) {
        if (times == 0) {
            watch();
            return;
        }
        troubles++;
        if (durability == Durability.FSYNC && dice.oneIn(CUT_ONE_IN)) {
            // What a cut has made durable shows only where what is not is lost.
            moments.whenCut(() -> endAndComeBack(times, this::endOnce));
        } else if (durability == Durability.FSYNC && dice.oneIn(BRIEF_ONE_IN)) {
            moments.as(() -> rig != null && rig.hasBegun(), () -> stopAndComeBack(times));
        } else {
            moments.after(
                    150,
                    () -> {
                        if (durability == Durability.FSYNC && dice.oneIn(3)) {
                            stopAndComeBack(times);
                        } else {
                            endAndComeBack(times);
                        }
                    });
        }
    }

    /// Stops in good order, and comes to its end with that or before.
    private void stopAndComeBack(int times) {
        Host stopping = Objects.requireNonNull(host);
        stopping.requestStop(STOP_MILLIS);
        if (dice.oneIn(3)) {
            moments.after(300, () -> endAndComeBack(times));
        } else {
            moments.as(stopping::hasEnded, () -> endAndComeBack(times));
        }
    }

    private void endAndComeBack(int times) {
        endAndComeBack(times, dice.oneIn(2) ? machine::crash : this::endOnce);
    }

    private void endAndComeBack(int times, Runnable ending) {
        Path read = file(LogFileName.Kind.RECORDS);
        ending.run();
        moments.after(
                40,
                () -> {
                    start(machine.restart(), scale.load());
                    if (dice.oneIn(ROTS_ONE_IN)) {
                        disk.rotNow(read);
                    }
                    troubles--;
                    end(times - 1);
                });
    }

    /// Somebody looks after it: a process whose disk has failed it is started anew.
    private void watch() {
        moments.after(
                200,
                () -> {
                    if (rig != null && rig.hasFailed() && !isOver) {
                        machine.crash();
                        start(
                                machine.restart(),
                                audits || processes > 8 ? scale.load().none() : scale.load());
                    }
                    watch();
                });
    }

    private Path file(LogFileName.Kind kind) {
        int number = dice.below(LOGS);
        return rig == null || dice.oneIn(2)
                ? LogRig.place(DIRECTORY, number).resolve(new LogFileName(0, kind).toString())
                : rig.newest(number, kind);
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
