package hallows.log;

import hallows.log.LogFileName.Kind;
import hallows.model.BatchView;
import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads segments through while a log is opened: for its producers, and for those segments that
/// need it, for the epochs of its leaders and for new indexes. Blocks.
///
/// @param place where the log is
/// @param limits of its indexes
/// @param producers as they are where the first segment begins
/// @param epochs as they were written down
/// @param recoveryPoint all below was durable when it was written
/// @param flushing of what is recovered
record Passage(
        Opening.Place place,
        IndexLimits limits,
        Producers producers,
        LeaderEpochs epochs,
        long recoveryPoint,
        Flushing flushing) {
    /// What a segment is read for.
    enum Purpose {
        /// Its producers: all is known to be in order.
        REPLAY,
        /// The same and its indexes, which are missing or damaged.
        REINDEX,
        /// The same, and nothing is known about what is durable: what is kept is written again.
        RECOVER
    }

    /// How far a segment was found to be sound.
    ///
    /// @param bytes of sound batches, from the first on
    /// @param nextOffset the offset after the last of them
    /// @param parts its new indexes
    record Reached(int bytes, long nextOffset, @Nullable SegmentParts parts) {}

    /// The same for other producers.
    Passage with(Producers others) {
        return new Passage(place, limits, others, epochs, recoveryPoint, flushing);
    }

    /// Reads a segment. What is not sound at its end is left where it is.
    Result<Reached> through(FoundSegment segment, Purpose purpose) {
        Disk.OpenMode mode =
                purpose == Purpose.RECOVER ? Disk.OpenMode.READ_WRITE : Disk.OpenMode.READ;
        return Visit.to(
                place.disk(),
                place.file(segment.base(), Kind.RECORDS),
                mode,
                file -> {
                    BatchReading reading =
                            new BatchReading(
                                    file,
                                    IndexFormat.ofOffsets(segment.base()),
                                    segment.bytes(),
                                    purpose == Purpose.RECOVER
                                            ? recoveryPoint
                                            : BatchReading.NOTHING);
                    return purpose == Purpose.REPLAY
                            ? replayed(reading.passingOld())
                            : rebuilt(reading, segment, file, flushing(purpose));
                });
    }

    private Result<Reached> replayed(BatchReading reading) {
        long from = producers.mapEnd();
        Result<Result.Done> done =
                reading.run((batch, _) -> {
                    if (batch.lastOffset() >= from) {
                        producers.replay(batch);
                    }
                    return Result.DONE;
                });
        return reached(done, reading, null);
    }

    private Result<Reached> rebuilt(
            BatchReading reading, FoundSegment segment, DiskFile file, Flushing flushed) {
        try (IndexRebuild indexes = new IndexRebuild(place, segment, limits, flushed)) {
            Result<Result.Done> done =
                    WholeFile.inOrder(
                            () -> reading.run((batch, at) -> taken(indexes, batch, at)),
                            () ->
                                    reading.wroteAgain() && flushed == Flushing.AT_ONCE
                                            ? file.flush()
                                            : Result.DONE);
            return switch (done) {
                case Result.Failed<Result.Done>(Fault fault) -> new Result.Failed<>(fault);
                case Result.Ok<Result.Done> _ ->
                        switch (indexes.finish()) {
                            case Result.Failed<SegmentParts>(Fault fault) ->
                                    new Result.Failed<>(fault);
                            case Result.Ok<SegmentParts>(SegmentParts parts) ->
                                    reached(done, reading, parts);
                        };
            };
        }
    }

    /// An index below the recovery point is believed by its name: it is durable before it has one.
    private Flushing flushing(Purpose purpose) {
        return purpose == Purpose.RECOVER ? flushing : Flushing.AT_ONCE;
    }

    private Result<Result.Done> taken(IndexRebuild indexes, BatchView batch, int position) {
        epochs.note(batch);
        List<AbortedTransaction> aborted = producers.replay(batch);
        return WholeFile.inOrder(() -> indexes.add(batch, position), () -> indexes.add(aborted));
    }

    private static Result<Reached> reached(
            Result<Result.Done> done, BatchReading reading, @Nullable SegmentParts parts) {
        return done instanceof Result.Failed<Result.Done>(Fault fault)
                ? new Result.Failed<>(fault)
                : new Result.Ok<>(new Reached(reading.soundBytes(), reading.nextOffset(), parts));
    }
}
