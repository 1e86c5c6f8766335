package hallows.log;

import hallows.log.kafka.Codecs;
import hallows.model.RecordRules;
import hallows.runtime.Alarm;
import hallows.runtime.Component;
import hallows.runtime.DiskSync;
import hallows.runtime.Fault;
import hallows.runtime.Promise;
import hallows.runtime.Result;
import hallows.runtime.SchedulingClass;
import hallows.runtime.Seat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
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
    private @Nullable DiskSync whole;
    private @Nullable Promise<Result.Done> stopping;
    private boolean keepsPoints;
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
        LogOptions options() {
            return new LogOptions(
                    sizes.segmentBytes,
                    Long.MAX_VALUE,
                    1 << 20,
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
    }

    int epoch() {
        return plan.number;
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
        whole = begun.whole();
        logs =
                new Logs(
                        seat,
                        new Logs.Options(
                                plan.directory,
                                SchedulingClass.MESSAGING,
                                whole,
                                LIMITS,
                                seat.clock()),
                        this::failed);
        Intake intake = new Intake(new Codecs());
        for (int number = 0; number < begun.logs().size(); number++) {
            RigOpening.Found found = begun.logs().get(number);
            cast.opened(number, found.known(), found.opened());
            begin(number, found.opened().loaded(), intake);
        }
        keepOffsets();
    }

    private void begin(int number, Loaded loaded, Intake intake) {
        LogActor actor = cast.actor(seat, this, number);
        Log log =
                Log.of(
                        new Log.Surroundings(
                                seat.disk(), place(plan.directory, number), seat.clock(), intake),
                        plan.options(),
                        loaded,
                        actor);
        log.agreedUpTo(log.writtenEnd());
        open.add(log);
        Objects.requireNonNull(logs).add(name(number), log);
        actors.add(actor);
        actor.begin(log);
    }

    private void keepOffsets() {
        keepsPoints = true;
        Objects.requireNonNull(logs)
                .keepOffsets(_ -> {
                    keepsPoints = false;
                    if (stopping == null) {
                        checkpoint.setAfterMillis(CHECKPOINT_MILLIS);
                    }
                });
    }

    @Override
    public void stop(Promise<Result.Done> done) {
        stopping = done;
        actors.forEach(LogActor::stop);
        stopWhenStill();
    }

    /// Only with nothing underway may a log be handed over.
    private void stopWhenStill() {
        Promise<Result.Done> done = Objects.requireNonNull(stopping);
        boolean still =
                actors.stream().allMatch(LogActor::isStill)
                        && open.stream().allMatch(log -> log.isSettled() && !log.needsUpkeep());
        // What has found no room is tried again when somebody comes for it.
        open.stream()
                .filter(log -> !log.hasFailed() && (!log.isSettled() || log.needsUpkeep()))
                .forEach(this::staged);
        if (hasFailed || open.isEmpty()) {
            done.complete(Result.Done.DONE);
        } else if (keepsPoints || !still) {
            look.setAfterMillis(LOOK_MILLIS);
        } else {
            DirectoryStop stop =
                    new DirectoryStop(seat.disk(), plan.directory, handovers(), plan.number);
            seat.away(stop::run).then(_ -> done.complete(Result.Done.DONE));
        }
    }

    private List<Handover> handovers() {
        List<Handover> all = new ArrayList<>();
        for (int number = 0; number < open.size(); number++) {
            Ends ends = open.get(number).ends();
            Loaded parts = open.get(number).loaded();
            all.add(
                    Handover.of(
                            new Handover.Place(name(number), place(plan.directory, number)),
                            parts.segments(),
                            parts.producers(),
                            new Handover.Offsets(
                                    ends.written(),
                                    OptionalLong.empty(),
                                    OptionalLong.of(ends.highWatermark()))));
        }
        return all;
    }

    @Override
    public void close() {
        actors.forEach(LogActor::end);
        if (logs != null) {
            logs.close();
        }
        if (whole != null) {
            whole.close();
        }
    }
}
