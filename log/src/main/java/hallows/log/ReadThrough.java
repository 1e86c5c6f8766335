package hallows.log;

import hallows.log.LogFileName.Kind;
import hallows.log.Passage.Purpose;
import hallows.log.Passage.Reached;
import hallows.runtime.Disk;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.util.List;

/// Reads through what has to be read of a log that is opened, from the newest snapshot of its
/// producers on, and cuts the log where it is not sound. Blocks.
final class ReadThrough {
    private final Passage passage;
    private final FoundSegments segments;
    private final SnapshotFiles snapshots;
    private final Bounds bounds;
    private long end = -1;
    private int segmentsRead;
    private int segmentsRemoved;
    private long bytesCut;
    private boolean isCut;

    /// @param segments at least one
    ReadThrough(Passage passage, FoundSegments segments, SnapshotFiles snapshots, Bounds bounds) {
        this.passage = passage;
        this.segments = segments;
        this.snapshots = snapshots;
        this.bounds = bounds;
    }

    /// What is known before anything is read.
    ///
    /// @param recoveredFrom segments that begin at or above it may hold anything
    /// @param start the first offset that is still wanted
    /// @param gapless whether each segment begins where the one before it ends
    record Bounds(long recoveredFrom, long start, boolean gapless) {}

    /// What was done.
    ///
    /// @param end the offset after the last record
    /// @param segmentsRead how many were read and got new indexes
    /// @param segmentsRemoved how many lay behind a place that is no batch
    /// @param bytesCut how many bytes of the last one were cut off
    record Done(long end, int segmentsRead, int segmentsRemoved, long bytesCut) {
        static final Done NOTHING = new Done(0, 0, 0, 0);
    }

    Result<Done> run() {
        Result<Result.Done> done =
                WholeFile.inOrder(
                        this::checkLast, this::mend, this::restoreProducers, this::readAll);
        return done instanceof Result.Failed<Result.Done>(Fault fault)
                ? new Result.Failed<>(fault)
                : new Result.Ok<>(new Done(end, segmentsRead, segmentsRemoved, bytesCut));
    }

    /// The end of a log that was left in good order; if it was not, its last segment is read
    /// through.
    private Result<Result.Done> checkLast() {
        FoundSegment last = segments.last();
        SegmentParts parts = last.parts();
        if (parts == null) {
            return Result.DONE;
        }
        int from = (int) parts.indexes().offsets().last().value();
        if (end(last, from) instanceof Result.Ok<SegmentEnd>(SegmentEnd whole)
                && whole.bytes() == last.bytes()) {
            end = whole.nextOffset();
        } else {
            last.settled(last.bytes(), null);
        }
        return Result.DONE;
    }

    private Result<SegmentEnd> end(FoundSegment last, int from) {
        return Visit.to(
                passage.place().disk(),
                passage.place().file(last.base(), Kind.RECORDS),
                Disk.OpenMode.READ,
                file -> SegmentEnd.of(file, last.base(), from));
    }

    /// Makes the indexes again that are missing or damaged and that no crash can have torn. What is
    /// known of the producers for that is forgotten again: later snapshots know better.
    private Result<Result.Done> mend() {
        List<FoundSegment> hurt =
                segments.all().stream()
                        .filter(segment ->
                                segment.parts() == null && segment.base() < bounds.recoveredFrom)
                        .toList();
        if (hurt.isEmpty()) {
            return Result.DONE;
        }
        Passage own = passage.with(new Producers(ProducerLimits.USUAL));
        Result<Result.Done> done = restore(own.producers(), hurt.getFirst().base());
        for (FoundSegment segment : segments.all()) {
            if (segment.base() <= hurt.getLast().base() && done instanceof Result.Ok) {
                done = isNeeded(segment, own) ? read(segment, own) : Result.DONE;
            }
        }
        return done;
    }

    private Result<Result.Done> restoreProducers() {
        if (bounds.recoveredFrom == Long.MAX_VALUE) {
            return restore(passage.producers(), end);
        }
        long first = Math.max(bounds.recoveredFrom, segments.first().base());
        return WholeFile.inOrder(
                // Those may tell of batches that are lost, and come again while these are read.
                () -> snapshots.removeAbove(first), () -> restore(passage.producers(), first));
    }

    private Result<Result.Done> restore(Producers producers, long limit) {
        long logStart = Math.max(bounds.start, segments.first().base());
        // What is read through is read from where its segment begins, wherever the log does.
        long above = limit == end ? logStart : bounds.start;
        return snapshots.restore(
                producers,
                new SnapshotFiles.Bounds(above, limit, logStart),
                passage.place().clock().wallMillis());
    }

    private Result<Result.Done> readAll() {
        for (FoundSegment segment : segments.all()) {
            Result<Result.Done> done =
                    isNeeded(segment, passage) ? read(segment, passage) : Result.DONE;
            if (done instanceof Result.Failed || isCut) {
                return done;
            }
        }
        return Result.DONE;
    }

    /// Whether there is more to know of a segment.
    private boolean isNeeded(FoundSegment segment, Passage reader) {
        List<FoundSegment> later = segments.above(segment.base());
        long segmentEnd = later.isEmpty() ? end : later.getFirst().base();
        return segment.parts() == null || segmentEnd > reader.producers().mapEnd();
    }

    private Purpose purpose(FoundSegment segment) {
        if (segment.parts() != null) {
            return Purpose.REPLAY;
        }
        return segment.base() >= bounds.recoveredFrom ? Purpose.RECOVER : Purpose.REINDEX;
    }

    private Result<Result.Done> read(FoundSegment segment, Passage reader) {
        Purpose purpose = purpose(segment);
        if (purpose == Purpose.RECOVER && bounds.gapless && end >= 0 && segment.base() != end) {
            return removeAbove(segment.base() - 1);
        }
        if (beginAt(segment, purpose, reader.producers())
                instanceof Result.Failed<Result.Done> failed) {
            return failed;
        }
        return switch (reader.through(segment, purpose)) {
            case Result.Failed<Reached>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<Reached>(Reached reached) -> reached(segment, purpose, reached);
        };
    }

    /// The producers are as they are where the segment begins, or where the log does.
    private Result<Result.Done> beginAt(
            FoundSegment segment, Purpose purpose, Producers producers) {
        boolean replays = purpose == Purpose.REPLAY;
        producers.mapEnd(replays ? Math.max(producers.mapEnd(), segment.base()) : segment.base());
        segmentsRead += replays ? 0 : 1;
        boolean isKept = producers == passage.producers();
        return isKept && (!replays || segments.isNearEnd(segment))
                ? snapshots.take(producers)
                : Result.DONE;
    }

    private Result<Result.Done> reached(FoundSegment segment, Purpose purpose, Reached reached) {
        int torn = segment.bytes() - reached.bytes();
        boolean isLast = segment.base() == segments.last().base();
        if (torn > 0 && !mayBeTorn(purpose, isLast, reached.nextOffset())) {
            return spoilt(segment, reached);
        }
        if (isLast || purpose == Purpose.RECOVER) {
            end = reached.nextOffset();
        }
        if (reached.parts() != null) {
            segment.settled(reached.bytes(), reached.parts());
        }
        return WholeFile.inOrder(
                () -> keepProducers(purpose), () -> cut(segment, reached.bytes(), torn));
    }

    /// Whether a crash can have left something that is no batch there. To cut elsewhere would take
    /// what was durable, or leave a hole.
    private boolean mayBeTorn(Purpose purpose, boolean isLast, long offset) {
        return offset >= passage.recoveryPoint()
                && (purpose == Purpose.RECOVER || (purpose == Purpose.REINDEX && isLast));
    }

    private Result<Result.Done> spoilt(FoundSegment segment, Reached reached) {
        return Result.failed(
                Fault.Kind.IO_ERROR,
                ("%s holds no batch at %d, where offset %d was durable: no crash has done that, and"
                                + " nothing is cut; bring the file back, or move the directory away"
                                + " and let a replica fill it")
                        .formatted(
                                passage.place().file(segment.base(), Kind.RECORDS),
                                reached.bytes(),
                                reached.nextOffset()));
    }

    /// What comes after a segment that was recovered knows what its snapshot says, as when it is
    /// loaded: those that have expired are forgotten.
    private Result<Result.Done> keepProducers(Purpose purpose) {
        if (purpose != Purpose.RECOVER) {
            return Result.DONE;
        }
        Result<Result.Done> done = snapshots.take(passage.producers());
        passage.producers().expire(passage.place().clock().wallMillis());
        return done;
    }

    private Result<Result.Done> cut(FoundSegment segment, int bytes, int torn) {
        if (torn == 0) {
            return Result.DONE;
        }
        bytesCut = torn;
        // The later ones first: without the torn place nobody would see that they do not follow.
        return WholeFile.inOrder(
                () -> removeAbove(segment.base()), () -> segments.cut(segment, bytes));
    }

    /// Removes what begins above an offset.
    private Result<Result.Done> removeAbove(long base) {
        List<FoundSegment> later = segments.above(base);
        segmentsRemoved = later.size();
        isCut = true;
        return segments.remove(later);
    }
}
