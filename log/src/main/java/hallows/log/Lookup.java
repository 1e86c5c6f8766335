package hallows.log;

import hallows.log.AbortedSearch.Progress;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.file.Path;
import java.util.List;

/// Finds the bytes that answer a read, as Kafka finds them. Made on the shard, run in a blocking
/// job: it knows the segments as they were. Each file is opened at most once.
public final class Lookup {
    private final RecentFiles recent;
    private final Question question;
    private final Scope scope;

    Lookup(RecentFiles recent, Question question, Scope scope) {
        this.recent = recent;
        this.question = question;
        this.scope = scope;
    }

    /// What somebody wants to read.
    ///
    /// @param offset from where
    /// @param bytesMax how many bytes at most
    /// @param bound below which offset: the high watermark, or for followers the end
    /// @param oneAtLeast whether the first batch comes even when it is larger than that
    /// @param isolation what of the transactions is seen
    public record Question(
            long offset, int bytesMax, long bound, boolean oneAtLeast, Isolation isolation) {
        /// Whatever became of the transactions.
        public Question(long offset, int bytesMax, long bound, boolean oneAtLeast) {
            this(offset, bytesMax, bound, oneAtLeast, Isolation.UNCOMMITTED);
        }

        /// The same, not beyond `end`.
        Question below(long end) {
            return bound <= end ? this : new Question(offset, bytesMax, end, oneAtLeast, isolation);
        }
    }

    /// What was found.
    public sealed interface Answer {
        /// These bytes; they may end within a batch, and even within the first.
        ///
        /// @param file in this file
        /// @param position from here
        /// @param bytes so many
        /// @param baseOffset of the first batch
        /// @param firstBytes how long the first batch is
        /// @param aborted for readers of committed records: whose records among these never were,
        ///   in the order of the markers
        record Bytes(
                Path file,
                int position,
                int bytes,
                long baseOffset,
                int firstBytes,
                List<AbortedTransaction> aborted)
                implements Answer {}

        /// There is nothing to read, now or within the limits.
        record Nothing() implements Answer {}

        /// A file was removed meanwhile. Ask the log again: it may say that the offset is out of
        /// range; if not, and it is gone once more, the file was not the log's to remove.
        record Gone() implements Answer {}
    }

    /// What of a log a question is about.
    ///
    /// @param extents the segment of the offset and, for it may have nothing so high, the next one
    /// @param boundary where the segment begins that is to be searched for the bound; those below
    ///   may be read to their ends
    /// @param aborted transactions from the first of the extents on; none where nobody asks
    record Scope(List<Extent> extents, long boundary, List<AbortedExtent> aborted) {}

    /// Where the log is.
    public Path directory() {
        return scope.extents().getFirst().files().records().path().resolveSibling("");
    }

    /// Searches. A damaged file is a failure, and nothing of it is answered.
    public Result<Answer> run() {
        try (OpenFiles files = new OpenFiles(recent)) {
            return run(files);
        }
    }

    /// The same, with the files left open.
    Result<Answer> run(OpenFiles files) {
        Result<Answer> answer = search(files);
        return answer instanceof Result.Failed<Answer>(Fault fault)
                        && fault.kind() == Fault.Kind.MISSING
                ? new Result.Ok<>(new Answer.Gone())
                : answer;
    }

    RecentFiles recent() {
        return recent;
    }

    /// What is asked.
    public Question question() {
        return question;
    }

    private Result<Answer> search(OpenFiles files) {
        for (Extent extent : scope.extents()) {
            switch (extent.find(files, question.offset(), 0)) {
                case Result.Failed<Extent.Spot>(Fault fault) -> {
                    return new Result.Failed<>(fault);
                }
                case Result.Ok<Extent.Spot>(Extent.Spot spot) when !spot.isEnd() -> {
                    return cut(files, extent, spot);
                }
                case Result.Ok<Extent.Spot> _ -> {}
            }
        }
        return new Result.Ok<>(new Answer.Nothing());
    }

    private Result<Answer> cut(OpenFiles files, Extent extent, Extent.Spot first) {
        int least = question.oneAtLeast() ? first.bytes() : 0;
        int most = Math.max(question.bytesMax(), least);
        return switch (limit(files, extent, first)) {
            case Result.Failed<Integer>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<Integer>(Integer limit) -> {
                int bytes = Math.min(limit - first.position(), most);
                yield bytes <= 0
                        ? new Result.Ok<>(new Answer.Nothing())
                        : answer(files, extent, first, bytes);
            }
        };
    }

    /// Up to where this segment may be read.
    private Result<Integer> limit(OpenFiles files, Extent extent, Extent.Spot first) {
        if (extent.base() < scope.boundary()) {
            return new Result.Ok<>(extent.bytes());
        }
        return switch (extent.find(files, question.bound(), first.position())) {
            case Result.Failed<Extent.Spot>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<Extent.Spot>(Extent.Spot spot) -> new Result.Ok<>(spot.position());
        };
    }

    private Result<Answer> answer(OpenFiles files, Extent extent, Extent.Spot first, int bytes) {
        return switch (aborted(files, extent, first.position() + bytes)) {
            case Result.Failed<List<AbortedTransaction>>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<List<AbortedTransaction>>(List<AbortedTransaction> aborted) ->
                    new Result.Ok<>(
                            new Answer.Bytes(
                                    extent.files().records().path(),
                                    first.position(),
                                    bytes,
                                    first.baseOffset(),
                                    first.bytes(),
                                    aborted));
        };
    }

    /// Whose records may lie before `position`. As in Kafka an index says which offset that is, so
    /// some may lie behind it.
    private Result<List<AbortedTransaction>> aborted(OpenFiles files, Extent extent, int position) {
        if (scope.aborted().isEmpty()) {
            return new Result.Ok<>(List.of());
        }
        IndexAnswer bound = extent.offsets().ceiling(position);
        long end =
                extent.ask(files, bound, extent.files().offsets())
                                instanceof IndexAnswer.Found(var entry)
                        ? entry.key()
                        : extent.end();
        AbortedSearch search = new AbortedSearch(question.offset(), end);
        for (AbortedExtent aborted : scope.aborted()) {
            Result<Progress> progress =
                    aborted.base() < extent.base()
                            ? new Result.Ok<>(Progress.SEARCHING)
                            : aborted.search(files, search);
            if (progress instanceof Result.Failed<Progress>(Fault fault)) {
                return new Result.Failed<>(fault);
            }
            if (progress instanceof Result.Ok<Progress>(Progress stands)
                    && stands == Progress.COMPLETE) {
                break;
            }
        }
        return new Result.Ok<>(search.found());
    }
}
