package hallows.log;

import hallows.log.IndexFormat.Kind;
import java.util.ArrayList;
import java.util.List;

/// The two indexes of a segment and Kafka's rule for what goes into them: one entry each when more
/// than `intervalBytes` were written since the last one, and the largest timestamp at the end.
///
/// Lives on its owner shard, except where a method says otherwise.
final class SegmentIndexes {
    private final IndexLimits limits;
    private final SparseIndex offsets;
    private final SparseIndex times;
    private int bytesSinceEntry;
    private long maxTimestamp;
    private long maxTimestampOffset;

    /// Indexes of what was loaded; as Kafka does, the largest timestamp is taken from the last
    /// entry, where a clean close has put it.
    SegmentIndexes(IndexLimits limits, SparseIndex offsets, SparseIndex times) {
        this.limits = limits;
        this.offsets = offsets;
        this.times = times;
        this.maxTimestamp = times.last().key();
        this.maxTimestampOffset = times.last().value();
    }

    /// The indexes of a segment that begins, or that is read through again.
    static SegmentIndexes empty(IndexLimits limits, long baseOffset) {
        return new SegmentIndexes(
                limits,
                new SparseIndex(IndexFormat.ofOffsets(baseOffset)),
                new SparseIndex(IndexFormat.ofTimes(baseOffset)));
    }

    SparseIndex offsets() {
        return offsets;
    }

    SparseIndex times() {
        return times;
    }

    /// The largest timestamp in the segment, or [IndexEntry#NO_TIMESTAMP].
    long maxTimestamp() {
        return maxTimestamp;
    }

    /// The last offset of the first batch with the largest timestamp.
    long maxTimestampOffset() {
        return maxTimestampOffset;
    }

    /// Whether an offset can be in this segment at all; if not, it is time to roll.
    boolean fits(long offset) {
        return offsets.format().fits(offset);
    }

    /// Whether the segment has to be rolled because an index has no room. The last place of the
    /// time index is for the entry of the roll.
    boolean isFull() {
        return offsets.entries() >= limits.indexBytesMax() / offsets.format().entryBytes()
                || times.entries() >= limits.indexBytesMax() / times.format().entryBytes() - 1;
    }

    /// A batch was appended.
    ///
    /// @param position where it begins in the segment
    /// @param bytes how long it is
    /// @return whether its offset is above those before it and fits the segment
    boolean add(int position, int bytes, long lastOffset, long batchMaxTimestamp) {
        if (!fits(lastOffset)) {
            return false;
        }
        if (batchMaxTimestamp > maxTimestamp) {
            maxTimestamp = batchMaxTimestamp;
            maxTimestampOffset = lastOffset;
        }
        boolean fine = true;
        if (bytesSinceEntry > limits.intervalBytes()) {
            fine = offsets.append(new IndexEntry(lastOffset, position)) && addTime();
            bytesSinceEntry = 0;
        }
        bytesSinceEntry += bytes;
        return fine;
    }

    /// Only a larger timestamp makes an entry.
    private boolean addTime() {
        return maxTimestamp <= times.last().key()
                || times.append(new IndexEntry(maxTimestamp, maxTimestampOffset));
    }

    /// The segment is rolled or closed: its largest timestamp goes into the index. Then write all
    /// of `dirty`.
    void seal() {
        if (maxTimestamp > times.last().key()) {
            times.appendLast(new IndexEntry(maxTimestamp, maxTimestampOffset));
        }
    }

    /// What is long enough to be written now.
    List<TailWrite> due() {
        List<TailWrite> due = new ArrayList<>(2);
        for (SparseIndex index : List.of(offsets, times)) {
            if (index.isWriteDue()) {
                due.add(index.tailWrite());
            }
        }
        return due;
    }

    /// All that is not in the files yet.
    List<TailWrite> dirty() {
        List<TailWrite> dirty = new ArrayList<>(2);
        for (SparseIndex index : List.of(offsets, times)) {
            if (index.isDirty()) {
                dirty.add(index.tailWrite());
            }
        }
        return dirty;
    }

    /// Whether `due` has anything; allocates nothing.
    boolean isWriteDue() {
        return offsets.isWriteDue() || times.isWriteDue();
    }

    /// A tail is in its file.
    void wrote(TailWrite write) {
        of(write.kind()).wrote(write);
    }

    private SparseIndex of(Kind kind) {
        return switch (kind) {
            case OFFSET -> offsets;
            case TIME -> times;
        };
    }

    /// Gives memory back; write `dirty` before.
    void sleep() {
        offsets.sleep();
        times.sleep();
    }
}
