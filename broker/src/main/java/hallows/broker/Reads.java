package hallows.broker;

import hallows.log.EpochEnd;
import hallows.log.Isolation;
import hallows.log.Log;
import hallows.log.Lookup;
import hallows.log.Reading;
import hallows.log.TimeLookup;
import hallows.model.ErrorCode;
import hallows.model.Outcome;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What readers ask of a log that is led here: at once where it grows, in a job elsewhere. Lives on
/// its owner shard.
final class Reads {
    /// A log whose file was removed in the midst of a read is asked once more.
    private static final int TRIES = 2;

    private final Log log;
    private final Station station;
    private final int leaderEpoch;

    /// Where the epoch begins.
    private final long epochStart;

    private boolean toldOfDamage;

    Reads(Log log, Station station, int leaderEpoch) {
        this.log = log;
        this.station = station;
        this.leaderEpoch = leaderEpoch;
        this.epochStart = log.ends().written();
    }

    /// What is at a place where the log grows; null where it may take a job: see [#fetchBehind].
    @Nullable Fetched fetch(FetchQuestion question) {
        Fetched.Marks marks = marks();
        int lastEpoch = question.place().lastEpoch();
        if (lastEpoch != Fetch.Position.NO_EPOCH) {
            EpochEnd end = log.epochEnd(lastEpoch);
            if (!end.isKnown()) {
                return outOfRange(question);
            }
            if (end.isBefore(lastEpoch, question.place().offset())) {
                return new Fetched.Diverged(end.epoch(), end.endOffset(), marks);
            }
        }
        if (isOutOfRange(question)) {
            return outOfRange(question);
        }
        if (question.place().offset() >= visible(question.isolation())) {
            return new Fetched.Nothing(marks);
        }
        Reading.Answer answer =
                log.readNow(
                        question.below(marks.highWatermark()),
                        station.seat().home(),
                        station.seat().buffers());
        return answer == null ? null : fetched(answer, marks);
    }

    private Fetched.Marks marks() {
        return new Fetched.Marks(
                log.ends().highWatermark(), log.lastStableOffset(), log.ends().start());
    }

    private long visible(Isolation isolation) {
        return switch (isolation) {
            case COMMITTED -> log.lastStableOffset();
            case UNCOMMITTED -> log.ends().highWatermark();
        };
    }

    private boolean isOutOfRange(FetchQuestion question) {
        long offset = question.place().offset();
        return offset < log.ends().start() || offset > log.ends().written();
    }

    private Fetched outOfRange(FetchQuestion question) {
        return new Fetched.Refused(
                new Outcome.Refused(
                        ErrorCode.OFFSET_OUT_OF_RANGE,
                        "offset %d is not in the log, which has %d to %d"
                                .formatted(
                                        question.place().offset(),
                                        log.ends().start(),
                                        log.ends().written())));
    }

    private static Fetched fetched(Reading.Answer answer, Fetched.Marks marks) {
        return switch (answer) {
            // A reader can do nothing with the beginning of a batch.
            case Reading.Answer.Bytes(var region, var found)
                    when found.firstBytes() > found.bytes() -> {
                region.release();
                yield new Fetched.Nothing(marks);
            }
            case Reading.Answer.Bytes(var region, var found) ->
                    new Fetched.Batches(region, found.firstBytes(), found.aborted(), marks);
            case Reading.Answer.Empty _ -> new Fetched.Nothing(marks);
        };
    }

    /// The same anywhere in the log: at once, if that may be and the host has it in its memory, in
    /// a job otherwise.
    void fetchBehind(FetchQuestion question, boolean mayBeNow, Consumer<Fetched> then) {
        fetchBehind(question, mayBeNow, then, TRIES);
    }

    private void fetchBehind(
            FetchQuestion question, boolean mayBeNow, Consumer<Fetched> then, int tries) {
        Fetched.Marks marks = marks();
        Lookup lookup = log.lookup(question.below(marks.highWatermark()));
        if (lookup == null) {
            then.accept(outOfRange(question));
            return;
        }
        Reading reading = Reading.of(lookup, station.seat().home(), station.seat().buffers());
        Reading.Answer atHand = mayBeNow ? reading.runNow() : null;
        if (atHand != null) {
            then.accept(fetched(atHand, marks));
            return;
        }
        station.lanes()
                .reads()
                .away(
                        reading::run,
                        result -> {
                            if (isGone(result) && tries > 1) {
                                fetchBehind(question, false, then, tries - 1);
                            } else {
                                tellIfUnreadable(result, lookup);
                                then.accept(fetched(result, marks));
                            }
                        });
    }

    private static boolean isGone(Result<Reading.Answer> result) {
        return result instanceof Result.Ok<Reading.Answer>(Reading.Answer.Empty(var found))
                && found instanceof Lookup.Answer.Gone;
    }

    private static Fetched fetched(Result<Reading.Answer> result, Fetched.Marks marks) {
        return switch (result) {
            case Result.Ok<Reading.Answer>(Reading.Answer answer) when !isGone(result) ->
                    fetched(answer, marks);
            case Result.Ok<Reading.Answer> _ ->
                    new Fetched.Refused(unreadable("its file was removed"));
            // Whatever else a disk refuses, Kafka's clients ask for again; here they end.
            case Result.Failed<Reading.Answer>(Fault fault)
                    when fault.kind() == Fault.Kind.DAMAGED ->
                    new Fetched.Refused(
                            new Outcome.Refused(ErrorCode.CORRUPT_MESSAGE, fault.message()));
            case Result.Failed<Reading.Answer>(Fault fault) ->
                    new Fetched.Refused(unreadable(fault.message()));
        };
    }

    /// Once: who reads asks again and again.
    private void tellIfUnreadable(Result<Reading.Answer> result, Lookup lookup) {
        if (result instanceof Result.Failed<Reading.Answer>(Fault why) && !toldOfDamage) {
            toldOfDamage = true;
            station.notices()
                    .accept(
                            new Notice.Unreadable(
                                    lookup.directory(), lookup.question().offset(), why));
        }
    }

    private static Outcome.Refused unreadable(String why) {
        return new Outcome.Refused(ErrorCode.KAFKA_STORAGE_ERROR, why);
    }

    /// Where an epoch ended.
    EpochSearch.Answer epochEnd(int epoch) {
        return new EpochSearch.Answer.Found(log.epochEnd(epoch));
    }

    /// Which offset a moment stands for.
    void search(
            OffsetSearch.Moment moment,
            OffsetSearch.Sight sight,
            Consumer<OffsetSearch.Answer> then) {
        if (moment.timestamp() == TimeLookup.LATEST) {
            then.accept(latest(sight));
        } else {
            search(moment, sight, then, TRIES);
        }
    }

    private OffsetSearch.Answer latest(OffsetSearch.Sight sight) {
        return isBehind(sight)
                ? notYet()
                : new OffsetSearch.Answer.Found(
                        new TimeLookup.At(end(sight), -1, OptionalInt.of(leaderEpoch)));
    }

    private long end(OffsetSearch.Sight sight) {
        return switch (sight) {
            case COMMITTED -> visible(Isolation.COMMITTED);
            case UNCOMMITTED -> visible(Isolation.UNCOMMITTED);
            case WRITTEN -> log.ends().written();
        };
    }

    /// Whether readers of an earlier leader may have seen more than is visible here yet: then
    /// nobody is told an end that goes backward.
    private boolean isBehind(OffsetSearch.Sight sight) {
        return sight != OffsetSearch.Sight.WRITTEN && log.ends().highWatermark() < epochStart;
    }

    private OffsetSearch.Answer notYet() {
        return new OffsetSearch.Answer.Refused(
                new Outcome.Refused(
                        ErrorCode.OFFSET_NOT_AVAILABLE,
                        "the high watermark %d is not at the start %d of epoch %d yet"
                                .formatted(log.ends().highWatermark(), epochStart, leaderEpoch)));
    }

    private void search(
            OffsetSearch.Moment moment,
            OffsetSearch.Sight sight,
            Consumer<OffsetSearch.Answer> then,
            int tries) {
        TimeLookup lookup = log.timeLookup(moment.timestamp());
        TimeLookup.Answer known = lookup.known();
        if (known != null) {
            then.accept(answer(moment, sight, new Result.Ok<>(known)));
            return;
        }
        station.lanes()
                .searches()
                .away(
                        lookup::run,
                        result -> {
                            boolean gone =
                                    result
                                            instanceof
                                            Result.Ok<TimeLookup.Answer>(TimeLookup.Gone _);
                            if (gone && tries > 1) {
                                search(moment, sight, then, tries - 1);
                            } else {
                                then.accept(answer(moment, sight, result));
                            }
                        });
    }

    private OffsetSearch.Answer answer(
            OffsetSearch.Moment moment,
            OffsetSearch.Sight sight,
            Result<TimeLookup.Answer> result) {
        return switch (result) {
            case Result.Failed<TimeLookup.Answer>(Fault fault) ->
                    new OffsetSearch.Answer.Refused(unreadable(fault.message()));
            case Result.Ok<TimeLookup.Answer>(TimeLookup.Answer found) ->
                    switch (found) {
                        case TimeLookup.At at when isPlace(moment) || at.offset() < end(sight) ->
                                new OffsetSearch.Answer.Found(at);
                        case TimeLookup.At _, TimeLookup.None _ ->
                                isBehind(sight) ? notYet() : new OffsetSearch.Answer.Nowhere();
                        case TimeLookup.Gone _ ->
                                new OffsetSearch.Answer.Refused(unreadable("its file was removed"));
                    };
        };
    }

    /// Where the log begins is an answer even when nobody sees a record there.
    private static boolean isPlace(OffsetSearch.Moment moment) {
        return moment.timestamp() == TimeLookup.EARLIEST
                || moment.timestamp() == TimeLookup.EARLIEST_LOCAL;
    }
}
