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
    /// Room is reserved ahead in such steps, so that a write need not wait for a flush of the same
    /// file that is about to record where its blocks are.
    private static final int RESERVE_BYTES = 8 << 20;

    /// Smaller segments reserve nothing: there may be ten thousand of them.
    private static final int RESERVE_FROM_BYTES = 1 << 20;

    private final Path directory;
    private final long base;
    private final SegmentFiles files;
    private final SegmentIndexes indexes;
    private final AbortedTransactions aborted;
    private final RecentBatches recent = new RecentBatches();
    private ByteBuffer youngestAborted = ByteBuffer.allocate(0);
    private int bytes;
    private long reserved;
    private boolean closed;

    private Segment(Path directory, long base, HeldFile records, SegmentIndexes indexes) {
        this.directory = directory;
        this.base = base;
        this.files = SegmentFiles.beside(records, base);
        this.indexes = indexes;
        this.aborted = new AbortedTransactions(base);
    }

    private Segment(Path directory, FoundSegment found, SegmentParts parts, HeldFile records) {
        this.directory = directory;
        this.base = found.base();
        this.files = SegmentFiles.beside(records, found.base());
        this.indexes = parts.indexes();
        this.aborted = parts.aborted();
        this.bytes = found.bytes();
    }

    /// One that was found and is appended to.
    static Segment open(Path directory, FoundSegment found, SegmentParts parts, DiskFile records) {
        return new Segment(directory, found, parts, new HeldFile(records));
    }

    /// One that was found and that nothing is appended to: it keeps no descriptor.
    static Segment sealed(Path directory, FoundSegment found, SegmentParts parts) {
        String name = new LogFileName(found.base(), Kind.RECORDS).toString();
        return new Segment(directory, found, parts, HeldFile.closed(directory.resolve(name)));
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
                            new Segment(
                                    directory,
                                    base,
                                    new HeldFile(file),
                                    SegmentIndexes.empty(limits, base)));
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

    int bytes() {
        return bytes;
    }

    /// Where its last batches lie.
    RecentBatches recent() {
        return recent;
    }

    /// The file of its records, to be held by who reads from it.
    HeldFile held() {
        return files.records();
    }

    /// What searches look into.
    SegmentFiles files() {
        return files;
    }

    /// Whether a transaction was aborted that may have records from `offset` on.
    boolean hasAbortedFrom(long offset) {
        return aborted.lastOffset() >= offset;
    }

    boolean isEmpty() {
        return bytes == 0;
    }

    /// As it is now, for a search; all its offsets are below `end`.
    Extent extent(long end) {
        return new Extent(files, base, end, bytes, indexes.offsets().asItIs());
    }

    /// Its aborted transactions as they are now.
    AbortedExtent abortedExtent() {
        Path file = directory.resolve(new LogFileName(base, Kind.ABORTED_INDEX).toString());
        long inFile = aborted.sizeBytes() - youngestAborted.remaining();
        return new AbortedExtent(file, base, inFile, youngestAborted);
    }

    /// Writes at the end; the segment has grown only when `appended` says so.
    Written write(List<ByteBuffer> batches) {
        return files.records().file().write(bytes, batches);
    }

    /// A batch is in the file.
    void appended(Pace.Batch batch) {
        indexes.add(bytes, batch.bytes(), batch.lastOffset(), batch.maxTimestamp());
        recent.appended(bytes, batch);
        bytes += batch.bytes();
    }

    /// Cuts what a failed write has left after `length`, for good. In a blocking job.
    Result<Result.Done> cut(long length) {
        Result<Result.Done> cut = files.records().file().truncate(length);
        return cut instanceof Result.Ok<Result.Done> ? files.records().file().flush() : cut;
    }

    /// What its files lack while it grows.
    Tending tend(int bytesMax) {
        return new Tending(this, indexes.due(), false, reserveTo(bytesMax));
    }

    /// What its files lack once it has ended.
    Tending tendLast() {
        return new Tending(this, indexes.dirty(), true, 0);
    }

    /// Whether `tend` has anything to do.
    boolean needsTending(int bytesMax) {
        return indexes.isWriteDue() || reserveTo(bytesMax) > 0;
    }

    private long reserveTo(int bytesMax) {
        boolean due = bytes >= RESERVE_FROM_BYTES && reserved - bytes < RESERVE_BYTES / 2;
        return due && reserved < bytesMax ? Math.min(bytesMax, (long) bytes + RESERVE_BYTES) : 0;
    }

    /// Reserves room on the disk. In a blocking job. Where there is none, the next write says so.
    Result<Result.Done> reserve(long upTo) {
        if (upTo > 0) {
            files.records().file().preallocate(upTo);
        }
        return Result.DONE;
    }

    /// Gives back what was reserved and is not needed. In a blocking job, when nothing is appended
    /// any more.
    Result<Result.Done> giveBackRoom() {
        return reserved > bytes ? files.records().file().truncate(bytes) : Result.DONE;
    }

    /// Room was reserved.
    void reserved(long upTo) {
        reserved = Math.max(reserved, upTo);
    }

    /// All of it is durable and stays as it is: nothing is kept open or in memory for it.
    void ended() {
        indexes.sleep();
        recent.forget();
        close();
    }

    /// The file of its records, to be flushed.
    DiskFile records() {
        return files.records().file();
    }

    /// Writes what the indexes' files lack. In a blocking job.
    ///
    /// @param flushed whether they become durable, with all that was written to them before
    Result<Result.Done> writeIndexes(Disk disk, List<TailWrite> tails, boolean flushed) {
        for (IndexFormat.Kind index : IndexFormat.Kind.values()) {
            List<TailWrite> own = tails.stream().filter(tail -> tail.kind() == index).toList();
            if (flushed || !own.isEmpty()) {
                Result<Result.Done> done =
                        written(disk, IndexLook.kind(index), file -> inOrder(own, file), flushed);
                if (done instanceof Result.Failed<Result.Done>) {
                    return done;
                }
            }
        }
        return Result.DONE;
    }

    private static Written inOrder(List<TailWrite> tails, DiskFile file) {
        Written written = new Written(0, null);
        for (TailWrite tail : tails) {
            written = written.fault() == null ? tail.to(file) : written;
        }
        return written;
    }

    /// The aborted transactions whose markers were just written, ready for their file.
    AbortedWrite aborted(List<AbortedTransaction> added) {
        long position = aborted.sizeBytes();
        ByteBuffer entries = ByteBuffer.allocate(added.size() * AbortedTransactions.ENTRY_BYTES);
        added.forEach(transaction -> aborted.append(transaction, entries));
        youngestAborted = entries.flip().duplicate();
        return new AbortedWrite(this, position, entries);
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
                    disk,
                    Kind.ABORTED_INDEX,
                    file -> file.write(position, List.of(entries.duplicate())),
                    true);
        }
    }

    private Result<Result.Done> written(
            Disk disk, Kind kind, Function<DiskFile, Written> writing, boolean flushed) {
        Path path = directory.resolve(new LogFileName(base, kind).toString());
        return switch (disk.open(path, Disk.OpenMode.READ_WRITE)) {
            case Result.Failed<DiskFile>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<DiskFile>(DiskFile file) -> {
                Fault fault = writing.apply(file).fault();
                Result<Result.Done> done =
                        fault != null
                                ? new Result.Failed<>(fault)
                                : flushed ? flush(file) : Result.DONE;
                file.close();
                yield done;
            }
        };
    }

    /// Of bytes that were taken already: that there is no room for them is no matter of waiting.
    static Result<Result.Done> flush(DiskFile file) {
        return file.flush() instanceof Result.Failed<Result.Done>(Fault fault)
                ? Result.failed(Fault.Kind.IO_ERROR, fault.message())
                : Result.DONE;
    }

    /// Who reads from its file may go on. Closed once: a log may be closed before it has heard that
    /// one of its segments has ended.
    void close() {
        if (!closed) {
            closed = true;
            files.records().letGo();
        }
    }
}
