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

/// Makes the indexes of a segment again from its batches, beside those that are there and under
/// names that whoever loads the log removes. Each takes its place whole; the offset index comes
/// last, because a segment without one is read through again. Blocks.
final class IndexRebuild implements AutoCloseable {
    private final Disk disk;
    private final Path directory;
    private final IndexLimits limits;
    private final SegmentIndexes indexes;
    private final AbortedTransactions aborted;
    private final long base;
    private final Map<Kind, DiskFile> files = new EnumMap<>(Kind.class);

    IndexRebuild(Disk disk, Path directory, long base, IndexLimits limits) {
        this.disk = disk;
        this.directory = directory;
        this.base = base;
        this.limits = limits;
        this.indexes = SegmentIndexes.empty(limits, base);
        this.aborted = new AbortedTransactions(base);
    }

    /// The next batch of the segment.
    Result<Result.Done> add(BatchView batch, int position) {
        indexes.add(position, batch.sizeBytes(), batch.lastOffset(), batch.maxTimestamp());
        return indexes.isWriteDue() ? write(indexes.due()) : Result.DONE;
    }

    /// Transactions whose markers were in the last batch.
    Result<Result.Done> add(List<AbortedTransaction> transactions) {
        if (transactions.isEmpty()) {
            return Result.DONE;
        }
        long end = aborted.sizeBytes();
        int bytes = transactions.size() * AbortedTransactions.ENTRY_BYTES;
        ByteBuffer entries = ByteBuffer.allocate(bytes);
        transactions.forEach(transaction -> aborted.append(transaction, entries));
        return write(Kind.ABORTED_INDEX, end, entries.flip());
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
        return switch (disk.open(young(kind), Disk.OpenMode.READ_WRITE)) {
            case Result.Failed<DiskFile>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<DiskFile>(DiskFile file) -> {
                files.put(kind, file);
                yield file.truncate(0);
            }
        };
    }

    /// All batches were added: the indexes take their places. Their names are durable after the
    /// next sync of the directory.
    Result<SegmentParts> finish(Flushing flushing) {
        indexes.seal();
        Result<Result.Done> done =
                WholeFile.inOrder(
                        () -> write(indexes.dirty()),
                        () -> place(Kind.TIME_INDEX, flushing),
                        () ->
                                aborted.sizeBytes() > 0
                                        ? place(Kind.ABORTED_INDEX, flushing)
                                        : Result.DONE,
                        () -> aborted.sizeBytes() == 0 ? removeAborted() : Result.DONE,
                        () -> place(Kind.OFFSET_INDEX, flushing));
        if (done instanceof Result.Failed<Result.Done>(Fault fault)) {
            return new Result.Failed<>(fault);
        }
        indexes.sleep();
        // As after any other loading: the way to the next entry is measured from here.
        return new Result.Ok<>(
                new SegmentParts(
                        new SegmentIndexes(limits, indexes.offsets(), indexes.times()), aborted));
    }

    private Result<Result.Done> place(Kind kind, Flushing flushing) {
        return WholeFile.inOrder(
                () -> file(kind),
                () -> {
                    DiskFile file = files.get(kind);
                    return file == null || flushing == Flushing.TOGETHER
                            ? Result.DONE
                            : file.flush();
                },
                () -> disk.rename(young(kind), path(kind)));
    }

    private Result<Result.Done> removeAborted() {
        return WholeFile.remove(disk, path(Kind.ABORTED_INDEX));
    }

    private Path path(Kind kind) {
        return directory.resolve(new LogFileName(base, kind).toString());
    }

    private Path young(Kind kind) {
        return directory.resolve(new LogFileName(base, kind) + Leftovers.CLEANED);
    }

    @Override
    public void close() {
        files.values().forEach(DiskFile::close);
    }
}
