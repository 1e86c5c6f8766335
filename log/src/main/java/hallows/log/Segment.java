package hallows.log;

import hallows.log.LogFileName.Kind;
import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.runtime.Written;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/// One file of a log and its indexes. The active one is written by its owner shard.
final class Segment {
    private final Path directory;
    private final long base;
    private final DiskFile records;
    private final SegmentIndexes indexes;
    private final AbortedTransactions aborted;
    private int bytes;

    private Segment(Path directory, long base, DiskFile records, SegmentIndexes indexes) {
        this.directory = directory;
        this.base = base;
        this.records = records;
        this.indexes = indexes;
        this.aborted = new AbortedTransactions(base);
    }

    /// Makes an empty one; what a crash has left under its names is replaced. In a blocking job.
    static Result<Segment> create(Disk disk, Path directory, long base, IndexLimits limits) {
        for (Kind kind : List.of(Kind.OFFSET_INDEX, Kind.TIME_INDEX)) {
            switch (fresh(disk, directory, new LogFileName(base, kind))) {
                case Result.Failed<DiskFile>(Fault fault) -> {
                    return new Result.Failed<>(fault);
                }
                case Result.Ok<DiskFile>(DiskFile index) -> index.close();
            }
        }
        return switch (fresh(disk, directory, new LogFileName(base, Kind.RECORDS))) {
            case Result.Failed<DiskFile>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<DiskFile>(DiskFile file) ->
                    new Result.Ok<>(
                            new Segment(directory, base, file, SegmentIndexes.empty(limits, base)));
        };
    }

    private static Result<DiskFile> fresh(Disk disk, Path directory, LogFileName name) {
        Path path = directory.resolve(name.toString());
        return switch (disk.open(path, Disk.OpenMode.READ_WRITE)) {
            case Result.Failed<DiskFile> failed -> failed;
            case Result.Ok<DiskFile>(DiskFile file) ->
                    switch (file.truncate(0)) {
                        case Result.Ok<Result.Done> _ -> new Result.Ok<>(file);
                        case Result.Failed<Result.Done>(Fault fault) -> {
                            file.close();
                            yield new Result.Failed<>(fault);
                        }
                    };
        };
    }

    long base() {
        return base;
    }

    SegmentIndexes indexes() {
        return indexes;
    }

    /// As it is now, for a search for `offset`.
    Extent extent(long offset) {
        return new Extent(directory, base, bytes, indexes.offsets().floor(offset));
    }

    /// Writes at the end; the segment has grown only when `appended` says so.
    Written write(List<ByteBuffer> batches) {
        return records.write(bytes, batches);
    }

    /// A batch is in the file.
    void appended(Pace.Batch batch) {
        indexes.add(bytes, batch.bytes(), batch.lastOffset(), batch.maxTimestamp());
        bytes += batch.bytes();
    }

    /// Cuts what a failed write has left after `length`, for good. In a blocking job.
    Result<Result.Done> cut(long length) {
        Result<Result.Done> cut = records.truncate(length);
        return cut instanceof Result.Ok<Result.Done> ? records.flush() : cut;
    }

    /// Writes what the indexes' files lack. In a blocking job, with what `dirty` was before.
    Result<Result.Done> writeIndexes(Disk disk, List<TailWrite> tails) {
        for (TailWrite tail : tails) {
            Kind kind =
                    tail.kind() == IndexFormat.Kind.OFFSET ? Kind.OFFSET_INDEX : Kind.TIME_INDEX;
            Result<Result.Done> done = written(disk, kind, tail::to);
            if (done instanceof Result.Failed<Result.Done>) {
                return done;
            }
        }
        return Result.DONE;
    }

    /// The aborted transactions whose markers were just written, ready for their file.
    AbortedWrite aborted(List<AbortedTransaction> added) {
        long position = aborted.sizeBytes();
        ByteBuffer entries = ByteBuffer.allocate(added.size() * AbortedTransactions.ENTRY_BYTES);
        added.forEach(transaction -> aborted.append(transaction, entries));
        return new AbortedWrite(this, position, entries.flip());
    }

    /// Entries on their way to the index of aborted transactions.
    ///
    /// @param segment whose index
    /// @param position where the first byte belongs
    /// @param entries the bytes
    record AbortedWrite(Segment segment, long position, ByteBuffer entries) {
        /// Writes them. In a blocking job.
        Result<Result.Done> run(Disk disk) {
            return segment.written(
                    disk, Kind.ABORTED_INDEX, file -> file.write(position, List.of(entries)));
        }
    }

    private Result<Result.Done> written(Disk disk, Kind kind, Function<DiskFile, Written> writing) {
        Path path = directory.resolve(new LogFileName(base, kind).toString());
        return switch (disk.open(path, Disk.OpenMode.READ_WRITE)) {
            case Result.Failed<DiskFile>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<DiskFile>(DiskFile file) -> {
                Fault fault = writing.apply(file).fault();
                Result<Result.Done> flushed =
                        fault == null ? file.flush() : new Result.Failed<>(fault);
                file.close();
                yield flushed;
            }
        };
    }

    void close() {
        records.close();
    }
}
