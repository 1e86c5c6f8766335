package hallows.log;

import hallows.log.LogFileName.Kind;
import hallows.runtime.Disk;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.file.Path;
import java.util.List;

/// Finds the bytes that answer a read, as Kafka finds them. Made on the shard, run in a blocking
/// job: it knows the segments as they were.
///
/// @param disk where they are
/// @param question what is asked
/// @param extents the segment of the offset and all that follow, up to the one of the bound
/// @param boundary the segment that the bound lies in, searched for it
public record Lookup(Disk disk, Question question, List<Extent> extents, Extent boundary) {
    /// What somebody wants to read.
    ///
    /// @param offset from where
    /// @param bytesMax how many bytes at most
    /// @param bound below which offset
    /// @param oneAtLeast whether the first batch comes even when it is larger than that
    public record Question(long offset, int bytesMax, long bound, boolean oneAtLeast) {
        /// The same, not beyond `end`.
        Question below(long end) {
            return bound <= end ? this : new Question(offset, bytesMax, end, oneAtLeast);
        }
    }

    /// What was found.
    public sealed interface Answer {
        /// These bytes; they may end within a batch.
        ///
        /// @param file in this file
        /// @param position from here
        /// @param bytes so many
        /// @param baseOffset of the first batch
        record Bytes(Path file, int position, int bytes, long baseOffset) implements Answer {}

        /// There is nothing to read, now or within the limits.
        record Nothing() implements Answer {}
    }

    /// Searches. A damaged file is a failure, and nothing of it is answered.
    public Result<Answer> run() {
        for (Extent extent : extents) {
            switch (extent.find(disk, question.offset())) {
                case Result.Failed<Extent.Spot>(Fault fault) -> {
                    return new Result.Failed<>(fault);
                }
                case Result.Ok<Extent.Spot>(Extent.Spot spot) when !spot.isEnd() -> {
                    return cut(extent, spot);
                }
                case Result.Ok<Extent.Spot> _ -> {}
            }
        }
        return new Result.Ok<>(new Answer.Nothing());
    }

    private Result<Answer> cut(Extent extent, Extent.Spot first) {
        return switch (limit(extent)) {
            case Result.Failed<Integer>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<Integer>(Integer limit) -> {
                int most =
                        question.oneAtLeast()
                                ? Math.max(question.bytesMax(), first.bytes())
                                : question.bytesMax();
                int bytes = Math.min(limit - first.position(), most);
                yield new Result.Ok<>(
                        bytes <= 0
                                ? new Answer.Nothing()
                                : new Answer.Bytes(
                                        extent.file(Kind.RECORDS),
                                        first.position(),
                                        bytes,
                                        first.baseOffset()));
            }
        };
    }

    /// Up to where this segment may be read.
    private Result<Integer> limit(Extent extent) {
        if (extent.base() != boundary.base()) {
            return new Result.Ok<>(extent.bytes());
        }
        return switch (boundary.find(disk, question.bound())) {
            case Result.Failed<Extent.Spot>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<Extent.Spot>(Extent.Spot spot) -> new Result.Ok<>(spot.position());
        };
    }
}
