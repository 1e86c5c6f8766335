package hallows.log;

import hallows.log.LogFileName.Kind;
import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Looks whether the indexes that a segment was left with can be used. Blocks.
///
/// @param disk where they are
/// @param directory the partition's
/// @param segment whose they are
/// @param limits of its indexes
record IndexLook(Disk disk, Path directory, FoundSegment segment, IndexLimits limits) {
    private static final int PIECE_ENTRIES = 256;

    /// Its indexes; nothing when one is missing or damaged, so that all have to be made again.
    Result<Optional<SegmentParts>> run() {
        Set<Kind> kinds = segment.kinds();
        if (!kinds.contains(Kind.OFFSET_INDEX) || !kinds.contains(Kind.TIME_INDEX)) {
            return new Result.Ok<>(Optional.empty());
        }
        IndexLoad offsets = load(IndexFormat.ofOffsets(segment.base()));
        IndexLoad times = load(IndexFormat.ofTimes(segment.base()));
        AbortedTransactions aborted = new AbortedTransactions(segment.base());
        Result<Boolean> whole =
                kinds.contains(Kind.ABORTED_INDEX)
                        ? visit(Kind.ABORTED_INDEX, file -> read(file, aborted))
                        : new Result.Ok<>(true);
        Fault fault = fault(offsets, times, whole);
        return fault == null
                ? new Result.Ok<>(
                        whole.orThrow() ? parts(offsets, times, aborted) : Optional.empty())
                : new Result.Failed<>(fault);
    }

    private Optional<SegmentParts> parts(
            IndexLoad offsets, IndexLoad times, AbortedTransactions aborted) {
        return offsets instanceof IndexLoad.Sound(SparseIndex places, long _)
                        && times instanceof IndexLoad.Sound(SparseIndex moments, long _)
                        && isWithin(places)
                ? Optional.of(
                        new SegmentParts(new SegmentIndexes(limits, places, moments), aborted))
                : Optional.empty();
    }

    private static @Nullable Fault fault(
            IndexLoad offsets, IndexLoad times, Result<Boolean> aborted) {
        if (offsets instanceof IndexLoad.Unreadable(Fault fault)) {
            return fault;
        }
        if (times instanceof IndexLoad.Unreadable(Fault fault)) {
            return fault;
        }
        return aborted instanceof Result.Failed<Boolean>(Fault fault) ? fault : null;
    }

    /// Whether an index is about the records that are there.
    private boolean isWithin(SparseIndex offsets) {
        return offsets.entries() == 0 || offsets.last().value() < segment.bytes();
    }

    private IndexLoad load(IndexFormat format) {
        return switch (visit(kind(format.kind()), file -> trimmed(file, format))) {
            case Result.Failed<IndexLoad>(Fault fault) -> new IndexLoad.Unreadable(fault);
            case Result.Ok<IndexLoad>(IndexLoad load) -> load;
        };
    }

    /// Without the room that a broker which crashed had reserved.
    private static Result<IndexLoad> trimmed(DiskFile file, IndexFormat format) {
        IndexLoad load = IndexFile.open(file, format);
        if (load instanceof IndexLoad.Sound sound
                && sound.trim(file) instanceof Result.Failed<Result.Done>(Fault fault)) {
            return new Result.Failed<>(fault);
        }
        return new Result.Ok<>(load);
    }

    /// Whether a file holds aborted transactions and nothing else.
    private static Result<Boolean> read(DiskFile file, AbortedTransactions aborted) {
        ByteBuffer piece = ByteBuffer.allocate(PIECE_ENTRIES * AbortedTransactions.ENTRY_BYTES);
        while (true) {
            switch (file.read(aborted.sizeBytes(), piece.clear())) {
                case Result.Failed<Integer>(Fault fault) -> {
                    return new Result.Failed<>(fault);
                }
                case Result.Ok<Integer>(Integer bytes) -> {
                    boolean sound = aborted.load(piece.flip()) && !piece.hasRemaining();
                    if (!sound || bytes < piece.capacity()) {
                        return new Result.Ok<>(sound);
                    }
                }
            }
        }
    }

    private <T> Result<T> visit(Kind kind, Function<DiskFile, Result<T>> work) {
        Path path = directory.resolve(new LogFileName(segment.base(), kind).toString());
        return Visit.to(disk, path, Disk.OpenMode.READ_WRITE, work);
    }

    /// Which file an index is in.
    static Kind kind(IndexFormat.Kind kind) {
        return switch (kind) {
            case OFFSET -> Kind.OFFSET_INDEX;
            case TIME -> Kind.TIME_INDEX;
        };
    }
}
