package hallows.log;

import hallows.log.LogFileName.Kind;
import hallows.model.BatchView;
import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Makes the indexes of a segment again from its batches, beside those that are there and under
/// names that whoever loads the log removes, unless nobody believes them yet. Each takes its place
/// whole; the offset index comes last, because a segment without one is read through again. Blocks.
final class IndexRebuild implements AutoCloseable {
    private static final int ABORTED_AT_ONCE = 100;

    private final Disk disk;
    private final Path directory;
    private final IndexLimits limits;
    private final SegmentIndexes indexes;
    private final AbortedTransactions aborted;
    private final FoundSegment segment;
    private final Flushing flushing;
    private final ByteBuffer youngestAborted =
            ByteBuffer.allocate(ABORTED_AT_ONCE * AbortedTransactions.ENTRY_BYTES);
    private final Map<Kind, DiskFile> files = new EnumMap<>(Kind.class);

    /// @param segment whose they are
    /// @param flushing with [Flushing#TOGETHER] the files that are there are written over: until
    ///   they are durable, the next start makes them again whatever is in them
    IndexRebuild(Opening.Place place, FoundSegment segment, IndexLimits limits, Flushing flushing) {
        this.disk = place.disk();
        this.directory = place.directory();
        this.segment = segment;
        this.limits = limits;
        this.flushing = flushing;
        this.indexes = SegmentIndexes.empty(limits, segment.base());
        this.aborted = new AbortedTransactions(segment.base());
    }

    /// The next batch of the segment.
    Result<Result.Done> add(BatchView batch, int position) {
        indexes.add(position, batch.sizeBytes(), batch.lastOffset(), batch.maxTimestamp());
        return indexes.isWriteDue() ? write(indexes.due()) : Result.DONE;
    }

    /// Transactions whose markers were in the last batch.
    Result<Result.Done> add(List<AbortedTransaction> transactions) {
        Result<Result.Done> done = Result.DONE;
        for (AbortedTransaction transaction : transactions) {
            if (done instanceof Result.Ok && !youngestAborted.hasRemaining()) {
                done = writeAborted();
            }
            if (done instanceof Result.Ok) {
                aborted.append(transaction, youngestAborted);
            }
        }
        return done;
    }

    private Result<Result.Done> writeAborted() {
        long position = aborted.sizeBytes() - youngestAborted.position();
        ByteBuffer entries = youngestAborted.flip();
        Result<Result.Done> done =
                entries.hasRemaining() ? write(Kind.ABORTED_INDEX, position, entries) : Result.DONE;
        youngestAborted.clear();
        return done;
    }

    private Result<Result.Done> write(List<TailWrite> tails) {
        for (TailWrite tail : tails) {
            Result<Result.Done> done =
                    write(IndexLook.kind(tail.kind()), tail.position(), tail.bytes().duplicate());
            if (done instanceof Result.Failed) {
                return done;
            }
            indexes.wrote(tail);
        }
        return Result.DONE;
    }

    private Result<Result.Done> write(Kind kind, long position, ByteBuffer bytes) {
        if (file(kind) instanceof Result.Failed<Result.Done> failed) {
            return failed;
        }
        DiskFile file = files.get(kind);
        Fault fault = file == null ? null : file.write(position, List.of(bytes)).fault();
        return fault == null ? Result.DONE : new Result.Failed<>(fault);
    }

    /// Opens a file, once.
    private Result<Result.Done> file(Kind kind) {
        if (files.containsKey(kind)) {
            return Result.DONE;
        }
        Path path = flushing == Flushing.AT_ONCE ? young(kind) : path(kind);
        return switch (disk.open(path, Disk.OpenMode.READ_WRITE)) {
            case Result.Failed<DiskFile>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<DiskFile>(DiskFile file) -> {
                files.put(kind, file);
                yield flushing == Flushing.AT_ONCE ? file.truncate(0) : Result.DONE;
            }
        };
    }

    /// All batches were added: the indexes take their places. Their names are durable after the
    /// next sync of the directory.
    Result<SegmentParts> finish() {
        indexes.seal();
        Result<Result.Done> done =
                WholeFile.inOrder(
                        () -> write(indexes.dirty()),
                        this::writeAborted,
                        () -> place(Kind.TIME_INDEX),
                        () -> aborted.sizeBytes() > 0 ? place(Kind.ABORTED_INDEX) : removeAborted(),
                        () -> place(Kind.OFFSET_INDEX));
        if (done instanceof Result.Failed<Result.Done>(Fault fault)) {
            return new Result.Failed<>(fault);
        }
        indexes.sleep();
        // As after any other loading: the way to the next entry is measured from here.
        return new Result.Ok<>(
                new SegmentParts(
                        new SegmentIndexes(limits, indexes.offsets(), indexes.times()), aborted));
    }

    private Result<Result.Done> place(Kind kind) {
        return WholeFile.inOrder(() -> file(kind), () -> placed(kind));
    }

    private Result<Result.Done> placed(Kind kind) {
        DiskFile file = Objects.requireNonNull(files.get(kind), "a file that was opened");
        return switch (flushing) {
            case AT_ONCE ->
                    WholeFile.inOrder(file::flush, () -> disk.rename(young(kind), path(kind)));
            case TOGETHER -> file.truncate(bytes(kind));
        };
    }

    private long bytes(Kind kind) {
        return switch (kind) {
            case OFFSET_INDEX -> indexes.offsets().fileBytes();
            case TIME_INDEX -> indexes.times().fileBytes();
            case ABORTED_INDEX -> aborted.sizeBytes();
            case RECORDS, SNAPSHOT -> 0;
        };
    }

    private Result<Result.Done> removeAborted() {
        return segment.kinds().contains(Kind.ABORTED_INDEX)
                ? WholeFile.remove(disk, path(Kind.ABORTED_INDEX))
                : Result.DONE;
    }

    private Path path(Kind kind) {
        return directory.resolve(new LogFileName(segment.base(), kind).toString());
    }

    private Path young(Kind kind) {
        return directory.resolve(new LogFileName(segment.base(), kind) + Leftovers.CLEANED);
    }

    @Override
    public void close() {
        files.values().forEach(DiskFile::close);
    }
}
