package hallows.log;

import hallows.log.kafka.Codecs;
import hallows.model.RecordRules;
import hallows.runtime.Alarm;
import hallows.runtime.Application;
import hallows.runtime.Component;
import hallows.runtime.Fault;
import hallows.runtime.Host;
import hallows.runtime.HostOptions;
import hallows.runtime.Promise;
import hallows.runtime.Result;
import hallows.runtime.SchedulingClass;
import hallows.runtime.Seat;
import hallows.runtime.World;
import hallows.runtime.os.OsOptions;
import hallows.runtime.os.OsWorld;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A process that has a few logs: opens them, appends and reads, and keeps their recovery points.
final class LogRig implements Component {
    private static final int CHECKPOINT_MILLIS = 30;
    private static final int LOOK_MILLIS = 5;
    private static final FlushLimits LIMITS = new FlushLimits(3, 4_000, 16_000);

    private final Seat seat;
    private final Plan plan;
    private final Cast cast;
    private final List<Log> open = new ArrayList<>();
    private final List<LogActor> actors = new ArrayList<>();
    private final Alarm checkpoint;
    private final Alarm look;
    private @Nullable Logs logs;
    private @Nullable HeldDirectory held;
    private @Nullable Promise<Result.Done> stopping;
    private boolean hasFailed;
    private String why = "";

    LogRig(Seat seat, Plan plan, Cast cast) {
        this.seat = seat;
        this.plan = plan;
        this.cast = cast;
        this.checkpoint = seat.alarm(this::keepOffsets);
        this.look = seat.alarm(this::stopWhenStill);
    }

    /// What one process does.
    ///
    /// @param directory where the logs are
    /// @param number which process it is: its epoch as leader
    /// @param logs how many
    /// @param sizes of their parts
    /// @param durability of all logs
    /// @param whole whether the whole file system may be flushed
    record Plan(
            Path directory,
            int number,
            int logs,
            Sizes sizes,
            Durability durability,
            boolean whole) {
        /// How many shards may flush the file system as a whole.
        int flushers() {
            return whole ? 1 : 0;
        }

        LogOptions options() {
            return new LogOptions(
                    sizes.segmentBytes,
                    Long.MAX_VALUE,
                    0,
                    1 << 20,
                    Packing.PRODUCERS,
                    durability,
                    Validation.STRICT,
                    RecordRules.NONE,
                    sizes.indexes,
                    new ProducerLimits(86_400_000, false));
        }
    }

    /// How large the parts of a log become.
    ///
    /// @param segmentBytes its segments
    /// @param indexes their indexes
    record Sizes(int segmentBytes, IndexLimits indexes) {}

    /// Who does what with the logs.
    interface Cast {
        /// Who does it with one of them.
        LogActor actor(Seat seat, LogRig rig, int number);

        /// One of them was opened.
        default void opened(int number, Opening.Known known, Opening.Opened opened) {}

        /// One of them was cut.
        default void truncated() {}
    }

    /// A process of this machine that has nothing else.
    static Host onThisMachine(Plan plan, int memoryBytes, Cast cast) {
        return start(
                new OsWorld(OsOptions.standard()),
                HostOptions.shards(1).memory(memoryBytes, 1 << 16),
                plan,
                cast);
    }

    /// Such a process, in any world.
    static Host start(World world, HostOptions options, Plan plan, Cast cast) {
        Application logs =
                Application.named("logs")
                        .memory(options.memoryBytes())
                        .component("rig", seat -> new LogRig(seat, plan, cast));
        return Host.start(world, options, List.of(logs));
    }

    int epoch() {
        return plan.number;
    }

    void truncated() {
        cast.truncated();
    }

    void staged(Log log) {
        if (logs != null) {
            logs.staged(log);
        }
    }

    /// The disk has failed: somebody has to start the process again.
    void failed(Fault fault) {
        hasFailed = true;
        why = fault.message();
    }

    /// Whether its logs are open, or will not be.
    boolean hasBegun() {
        return hasFailed || !open.isEmpty();
    }

    boolean hasFailed() {
        return hasFailed;
    }

    /// Whether all that it was to bring has found its end.
    boolean isDone() {
        return !hasFailed && logs != null && actors.stream().allMatch(LogActor::isDone);
    }

    @Override
    public String toString() {
        return hasFailed ? "failed: " + why : "%d logs open".formatted(open.size());
    }

    static PartitionName name(int number) {
        return new PartitionName("t", number);
    }

    static Path place(Path directory, int number) {
        return directory.resolve(name(number).toString());
    }

    /// The file of the log's newest segment.
    Path newest(int number, LogFileName.Kind kind) {
        long base = open.size() > number ? open.get(number).loaded().segments().active().base() : 0;
        return place(plan.directory, number).resolve(new LogFileName(base, kind).toString());
    }

    @Override
    public void start() {
        seat.away(new RigOpening(seat.disk(), seat.clock(), plan)::run)
                .then(result -> {
                    switch (result) {
                        case Result.Failed<RigOpening.Begun>(Fault fault) -> failed(fault);
                        case Result.Ok<RigOpening.Begun>(RigOpening.Begun begun) -> begin(begun);
                    }
                });
    }

    private void begin(RigOpening.Begun begun) {
        held = begun.held();
        logs =
                new Logs(
                        seat,
                        begun.held(),
                        new Logs.Options(SchedulingClass.MESSAGING, LIMITS, seat.clock()),
                        this::failed);
        Intake intake = new Intake(new Codecs());
        for (int number = 0; number < begun.logs().size(); number++) {
            RigOpening.Found found = begun.logs().get(number);
            cast.opened(number, found.known(), found.opened());
            begin(number, found.opened(), intake);
        }
        keepOffsets();
    }

    private void begin(int number, Opening.Opened opened, Intake intake) {
        LogActor actor = cast.actor(seat, this, number);
        Log log =
                opened.log(
                        new Log.Surroundings(
                                seat.disk(),
                                place(plan.directory, number),
                                seat.clock(),
                                intake,
                                new RecentFiles(seat.disk(), 8)),
                        plan.options(),
                        actor);
        log.agreedUpTo(log.ends().written());
        open.add(log);
        Objects.requireNonNull(logs).add(name(number), log);
        actors.add(actor);
        actor.begin(log);
    }

    private void keepOffsets() {
        if (logs != null && stopping == null) {
            logs.keepOffsets(_ -> checkpoint.setAfterMillis(CHECKPOINT_MILLIS));
        }
    }

    @Override
    public void stop(Promise<Result.Done> done) {
        stopping = done;
        actors.forEach(LogActor::stop);
        stopWhenStill();
    }

    private void stopWhenStill() {
        Promise<Result.Done> done = Objects.requireNonNull(stopping);
        Logs open = logs;
        HeldDirectory directory = held;
        if (open == null || directory == null || hasFailed) {
            done.complete(Result.Done.DONE);
        } else if (!actors.stream().allMatch(LogActor::isStill)) {
            look.setAfterMillis(LOOK_MILLIS);
        } else {
            open.stop(() ->
                    seat.away(() -> directory.stop(plan.number))
                            .then(_ -> done.complete(Result.Done.DONE)));
        }
    }

    @Override
    public void close() {
        actors.forEach(LogActor::end);
        if (logs != null) {
            logs.close();
        }
        if (held != null) {
            held.close();
        }
    }
}
