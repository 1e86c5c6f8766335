package hallows.log;

import hallows.model.BatchView;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Finds the record that a timestamp stands for, as ListOffsets asks. Made on the shard, run in a
/// blocking job: it knows the segments as they were. Each file is opened at most once.
public final class TimeLookup {
    /// The youngest record, whatever the order of the timestamps.
    public static final long MAX_TIMESTAMP = -3;

    /// The end: the offset that the next record will have.
    public static final long LATEST = -1;

    /// The first offset that is still wanted.
    public static final long EARLIEST = -2;

    /// The first one that is on this machine's disk.
    public static final long EARLIEST_LOCAL = -4;

    /// The last one in remote storage, of which there is none.
    public static final long LATEST_TIERED = -5;

    /// The first one that is not in remote storage yet.
    public static final long EARLIEST_NOT_TIERED = -6;

    private final RecentFiles recent;
    private final Unpacking unpacking;
    private final Question question;

    TimeLookup(RecentFiles recent, Unpacking unpacking, Question question) {
        this.recent = recent;
        this.unpacking = unpacking;
        this.question = question;
    }

    /// What was found.
    public sealed interface Answer {}

    /// A place in the log.
    ///
    /// @param offset where
    /// @param timestamp of the record there; -1 for what has no record, as the end
    /// @param leaderEpoch of the leader that wrote there, where it is known
    public record At(long offset, long timestamp, OptionalInt leaderEpoch) implements Answer {
        static At of(long offset, long timestamp, int leaderEpoch) {
            return new At(
                    offset,
                    timestamp,
                    leaderEpoch < 0 ? OptionalInt.empty() : OptionalInt.of(leaderEpoch));
        }
    }

    /// There is no such record.
    public record None() implements Answer {}

    /// A file was removed meanwhile: ask the log again.
    public record Gone() implements Answer {}

    /// What is looked for, and in what of the log.
    sealed interface Question {
        /// Nothing: it is known already.
        ///
        /// @param at the answer
        record Known(At at) implements Question {}

        /// The first record with a timestamp.
        ///
        /// @param timestamp or with a later one
        /// @param start at or above this offset
        /// @param spans the segments that may have it
        record From(long timestamp, long start, List<Span> spans) implements Question {}

        /// The first one with the latest timestamp of a segment.
        ///
        /// @param extent the segment
        /// @param timestamp its latest
        /// @param offset of the last record in the batch that has it
        record Youngest(Extent extent, long timestamp, long offset) implements Question {}

        /// A segment, and what its times say of a timestamp.
        ///
        /// @param extent the segment
        /// @param time the last entry that is not younger
        record Span(Extent extent, IndexAnswer time) {}
    }

    /// What is known without a look into a file; null when that takes one.
    public @Nullable Answer known() {
        return switch (question) {
            case Question.Known(At at) -> at;
            case Question.From from when from.spans().isEmpty() -> new None();
            case Question.From _, Question.Youngest _ -> null;
        };
    }

    /// Searches. A damaged file is a failure, and nothing of it is answered.
    public Result<Answer> run() {
        try (OpenFiles files = new OpenFiles(recent)) {
            Result<Answer> answer = run(files);
            return answer instanceof Result.Failed<Answer>(Fault fault)
                            && fault.kind() == Fault.Kind.MISSING
                    ? new Result.Ok<>(new Gone())
                    : answer;
        }
    }

    private Result<Answer> run(OpenFiles files) {
        return switch (question) {
            case Question.Known(At at) -> new Result.Ok<>(at);
            case Question.Youngest youngest -> youngest(files, youngest);
            case Question.From from -> from(files, from);
        };
    }

    private Result<Answer> from(OpenFiles files, Question.From from) {
        for (Question.Span span : from.spans()) {
            Extent extent = span.extent();
            // No record up to this one is younger than the entry, and the entry is not too young.
            long offset =
                    extent.ask(files, span.time(), extent.files().times())
                                    instanceof IndexAnswer.Found(var entry)
                            ? Math.max(entry.value(), from.start())
                            : from.start();
            RecordSearch search = new RecordSearch(from.timestamp(), from.start());
            Result<Answer> answer = search(files, extent, offset, search);
            if (!(answer instanceof Result.Ok<Answer>(Answer found) && found instanceof None)) {
                return answer;
            }
        }
        return new Result.Ok<>(new None());
    }

    private Result<Answer> youngest(OpenFiles files, Question.Youngest youngest) {
        Extent extent = youngest.extent();
        RecordSearch search = new RecordSearch(youngest.timestamp(), extent.base());
        return search(files, extent, youngest.offset(), search);
    }

    /// Goes through the batches from the one that an offset lies in or before.
    private Result<Answer> search(
            OpenFiles files, Extent extent, long offset, RecordSearch search) {
        IndexAnswer where = extent.offsets().floor(offset);
        return switch (extent.batches(files, where, 0)) {
            case Result.Failed<BatchScan>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<BatchScan>(BatchScan scan) ->
                    switch (search(extent, scan, search)) {
                        case Result.Failed<Result.Done>(Fault fault) -> new Result.Failed<>(fault);
                        case Result.Ok<Result.Done> _ -> new Result.Ok<>(search.answer());
                    };
        };
    }

    private Result<Result.Done> search(Extent extent, BatchScan scan, RecordSearch search) {
        while (scan.length() > 0) {
            if (search.mayBeIn(scan.batch())) {
                Result<Result.Done> looked =
                        extent.holds(scan.batch())
                                ? look(scan, search)
                                : extent.misplaced(scan.position());
                if (looked instanceof Result.Failed || search.hasFound()) {
                    return looked;
                }
            }
            if (scan.next() instanceof Result.Failed<Boolean>(Fault fault)) {
                return new Result.Failed<>(fault);
            }
        }
        return Result.DONE;
    }

    private Result<Result.Done> look(BatchScan scan, RecordSearch search) {
        return switch (scan.whole()) {
            case Result.Failed<BatchView>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<BatchView>(BatchView batch) -> {
                String wrong = search.search(batch, unpacking);
                yield wrong == null ? Result.DONE : scan.damaged(wrong);
            }
        };
    }
}
