package hallows.log;

import hallows.model.BatchView;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import org.jspecify.annotations.Nullable;

/// A segment as it was when somebody asked for something in it: to be searched on any thread, while
/// its shard goes on appending.
///
/// @param files those to look into
/// @param base its first offset
/// @param end all its offsets are below: where the next segment begins, or where the log ended
/// @param bytes how long it was
/// @param offsets what their index said
record Extent(SegmentFiles files, long base, long end, int bytes, SparseIndex offsets) {
    /// Where a batch lies, or the end of the segment.
    ///
    /// @param position its first byte
    /// @param bytes how long it is; 0 at the end
    /// @param baseOffset of its first record
    record Spot(int position, int bytes, long baseOffset) {
        boolean isEnd() {
            return bytes == 0;
        }
    }

    /// The first batch that ends at or above `offset` and begins at `least` or behind, or the end.
    /// At `least` a batch begins. Blocks.
    Result<Spot> find(OpenFiles open, long offset, int least) {
        Spot direct = direct(open, offset, least);
        if (direct != null) {
            return new Result.Ok<>(direct);
        }
        return switch (batches(open, offsets.floor(offset), least)) {
            case Result.Failed<BatchScan>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<BatchScan>(BatchScan scan) -> spot(scan, offset);
        };
    }

    /// The batch, if the index names the very one. Where batches are large it does, nearly always;
    /// the way from the entry before would lead through one header more. Blocks.
    private @Nullable Spot direct(OpenFiles open, long offset, int least) {
        boolean large = stepBytes() == BatchView.HEADER_BYTES;
        IndexEntry above = large ? above(open, offset) : null;
        if (above == null || !isBehind(above, least)) {
            return null;
        }
        return open.open(files.records()) instanceof Result.Ok<HeldFile>(HeldFile records)
                ? named(scan(open, records, (int) above.value()), above, offset)
                : null;
    }

    private @Nullable IndexEntry above(OpenFiles open, long offset) {
        if (!offsets.isAsleep()) {
            return offsets.above(offset);
        }
        RecentBlocks blocks = open.blocksOf(files.offsets());
        return blocks == null ? null : blocks.above(offset);
    }

    private @Nullable Spot named(BatchScan scan, IndexEntry above, long offset) {
        boolean found = scan.next() instanceof Result.Ok<Boolean>(Boolean next) && next;
        BatchView batch = scan.batch();
        return found
                        && batch.lastOffset() == above.key()
                        && batch.baseOffset() <= offset
                        && holds(batch)
                ? new Spot(scan.position(), scan.length(), batch.baseOffset())
                : null;
    }

    /// Whether a batch that begins behind `least` may lie where an index says.
    private boolean isBehind(IndexEntry entry, int least) {
        return entry.value() > least && entry.value() < bytes;
    }

    private Result<Spot> spot(BatchScan scan, long offset) {
        while (scan.length() > 0 && scan.batch().lastOffset() < offset) {
            if (scan.next() instanceof Result.Failed<Boolean>(Fault fault)) {
                return new Result.Failed<>(fault);
            }
        }
        if (scan.length() > 0 && !holds(scan.batch())) {
            return misplaced(scan.position());
        }
        long baseOffset = scan.length() > 0 ? scan.batch().baseOffset() : -1;
        return new Result.Ok<>(new Spot(scan.position(), scan.length(), baseOffset));
    }

    /// Goes from batch to batch, beginning where an index says, with the first batch reached. An
    /// index that does not answer, or leads to no batch that it may mean, costs a longer way and
    /// nothing else: the scan then begins at `least`. Blocks.
    Result<BatchScan> batches(OpenFiles open, IndexAnswer where, int least) {
        return switch (open.open(files.records())) {
            case Result.Failed<HeldFile>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<HeldFile>(HeldFile records) -> {
                BatchScan start = scan(open, records, least);
                IndexAnswer answer = ask(open, where, files.offsets());
                BatchScan near = near(start, answer);
                if (near == null && !open.mayWait() && !isNearStart(answer, least)) {
                    // The longer way is not for who may not wait.
                    yield Window.wouldWait(files.records().path());
                }
                BatchScan scan = near == null ? start : near;
                yield near == null && scan.next() instanceof Result.Failed<Boolean>(Fault fault)
                        ? new Result.Failed<>(fault)
                        : new Result.Ok<>(scan);
            }
        };
    }

    /// Whether an index says that what is looked for begins not far from `least`.
    private boolean isNearStart(IndexAnswer answer, int least) {
        return answer instanceof IndexAnswer.Found(IndexEntry entry)
                ? !isBehind(entry, least)
                : answer instanceof IndexAnswer.None;
    }

    private BatchScan scan(OpenFiles open, HeldFile records, int from) {
        return new BatchScan(
                new BatchScan.Section(records.file(), from, bytes, stepBytes()), open.window());
    }

    /// Where the entries of the index lie further apart than a window is wide, so do the batches:
    /// then one header is all that is to be seen at once.
    private int stepBytes() {
        int entries = offsets.entries();
        return entries > 0 && bytes / entries > 2 * OpenFiles.WINDOW_BYTES
                ? BatchView.HEADER_BYTES
                : OpenFiles.WINDOW_BYTES;
    }

    /// A scan that has reached the batch that an index means; null when it means none.
    private @Nullable BatchScan near(BatchScan start, IndexAnswer where) {
        if (!(where instanceof IndexAnswer.Found(IndexEntry entry))
                || !isBehind(entry, start.position())) {
            return null;
        }
        BatchScan scan = start.from((int) entry.value());
        return scan.next() instanceof Result.Ok<Boolean>(Boolean found)
                        && found
                        && holds(scan.batch())
                        && scan.batch().lastOffset() <= entry.key()
                ? scan
                : null;
    }

    /// Whether a batch can be in this segment at all.
    boolean holds(BatchView batch) {
        return batch.baseOffset() >= base && batch.nextOffset() <= end;
    }

    /// What is said of a batch that cannot.
    <T> Result<T> misplaced(int position) {
        return Result.failed(
                Fault.Kind.DAMAGED,
                "%s has a batch of another segment at %d"
                        .formatted(files.records().path(), position));
    }

    /// What an index answers, after a look into its file where that is needed. Blocks; who may not
    /// wait is answered what is known without that look.
    IndexAnswer ask(OpenFiles open, IndexAnswer answer, HeldFile index) {
        if (!answer.isInFile()) {
            return answer;
        }
        if (!open.mayWait()) {
            RecentBlocks blocks = open.blocksOf(index);
            return blocks == null ? answer : answer.from(blocks);
        }
        return open.open(index) instanceof Result.Ok<HeldFile>(HeldFile file)
                ? answer.from(file)
                : answer;
    }
}
