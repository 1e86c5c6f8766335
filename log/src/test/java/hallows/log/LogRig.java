package hallows.log;

import hallows.log.kafka.Codecs;
import hallows.model.RecordRules;
import hallows.runtime.Alarm;
import hallows.runtime.Component;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.runtime.SchedulingClass;
import hallows.runtime.Seat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A process that has a few logs: opens them, appends and reads, and keeps their recovery points.
final class LogRig implements Component {
    private static final int CHECKPOINT_MILLIS = 30;
    private static final FlushLimits LIMITS = new FlushLimits(3, 4_000, 16_000);

    private final Seat seat;
    private final Plan plan;
    private final Cast cast;
    private final List<LogActor> actors = new ArrayList<>();
    private final Alarm checkpoint;
    private @Nullable Logs logs;
    private boolean hasFailed;

    LogRig(Seat seat, Plan plan, Cast cast) {
        this.seat = seat;
        this.plan = plan;
        this.cast = cast;
        this.checkpoint = seat.alarm(this::keepOffsets);
    }

    /// What one process does.
    ///
    /// @param directory where the logs are
    /// @param number which process it is: its epoch as leader
    /// @param logs how many
    /// @param segmentBytes how long segments become
    /// @param durability of all logs
    record Plan(Path directory, int number, int logs, int segmentBytes, Durability durability) {}

    /// Who does what with the logs.
    interface Cast {
        /// Who does it with one of them.
        LogActor actor(Seat seat, LogRig rig, int number);
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
    void failed() {
        hasFailed = true;
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
        return (hasFailed ? "failed " : "") + actors;
    }

    private static PartitionName name(int number) {
        return new PartitionName("t", number);
    }

    static Path place(Path directory, int number) {
        return directory.resolve(name(number).toString());
    }

    private LogOptions options() {
        return new LogOptions(
                plan.segmentBytes,
                Long.MAX_VALUE,
                1 << 20,
                plan.durability,
                Validation.STRICT,
                RecordRules.NONE,
                new IndexLimits(300, 1 << 10),
                new ProducerLimits(86_400_000, false));
    }

    @Override
    public void start() {
        seat.away(this::openAll)
                .then(result -> {
                    switch (result) {
                        case Result.Failed<List<Loaded>>(Fault _) -> failed();
                        case Result.Ok<List<Loaded>>(List<Loaded> all) -> begin(all);
                    }
                });
    }

    /// What a blocking job does before anything else.
    private Result<List<Loaded>> openAll() {
        Stored<? extends Map<PartitionName, Long>> stored =
                OffsetCheckpoint.RECOVERY_POINT.read(seat.disk(), plan.directory);
        if (stored instanceof Stored.Unreadable<?>(Fault fault)) {
            return new Result.Failed<>(fault);
        }
        Map<PartitionName, Long> points = new TreeMap<>();
        if (stored instanceof Stored.Whole<? extends Map<PartitionName, Long>> whole) {
            points.putAll(whole.value());
        }
        List<Loaded> all = new ArrayList<>();
        for (int number = 0; number < plan.logs; number++) {
            switch (open(number, points.getOrDefault(name(number), 0L))) {
                case Result.Failed<Opening.Opened>(Fault fault) -> {
                    return new Result.Failed<>(fault);
                }
                case Result.Ok<Opening.Opened>(Opening.Opened opened) -> {
                    all.add(opened.loaded());
                    points.put(name(number), opened.loaded().end());
                }
            }
        }
        return OffsetCheckpoint.RECOVERY_POINT.write(seat.disk(), plan.directory, points)
                        instanceof Result.Failed<Result.Done>(Fault fault)
                ? new Result.Failed<>(fault)
                : new Result.Ok<>(all);
    }

    private Result<Opening.Opened> open(int number, long recoveryPoint) {
        Path place = place(plan.directory, number);
        Result<Result.Done> made =
                WholeFile.inOrder(
                        () -> seat.disk().createDirectories(place),
                        () -> seat.disk().syncDirectory(plan.directory),
                        () -> seat.disk().syncDirectory(WholeFile.directoryOf(plan.directory)));
        return made instanceof Result.Failed<Result.Done>(Fault fault)
                ? new Result.Failed<>(fault)
                : new Opening(
                                new Opening.Place(seat.disk(), place, seat.clock()),
                                options(),
                                new Opening.Known(false, recoveryPoint, 0))
                        .run();
    }

    private void begin(List<Loaded> all) {
        logs =
                new Logs(
                        seat,
                        new Logs.Options(
                                plan.directory,
                                SchedulingClass.MESSAGING,
                                null,
                                LIMITS,
                                seat.clock()),
                        _ -> failed());
        Intake intake = new Intake(new Codecs());
        for (int number = 0; number < all.size(); number++) {
            LogActor actor = cast.actor(seat, this, number);
            Path place = place(plan.directory, number);
            Log log =
                    Log.of(
                            new Log.Surroundings(seat.disk(), place, seat.clock(), intake),
                            options(),
                            all.get(number),
                            actor);
            log.agreedUpTo(log.writtenEnd());
            logs.add(name(number), log);
            actors.add(actor);
            actor.begin(log);
        }
        keepOffsets();
    }

    private void keepOffsets() {
        if (logs != null) {
            logs.keepOffsets(_ -> checkpoint.setAfterMillis(CHECKPOINT_MILLIS));
        }
    }

    @Override
    public void close() {
        actors.forEach(LogActor::end);
        if (logs != null) {
            logs.close();
        }
    }
}
