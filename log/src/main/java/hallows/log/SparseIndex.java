package hallows.log;

import hallows.log.IndexEntry.Column;
import hallows.runtime.Check;
import org.jspecify.annotations.Nullable;

/// One index of a segment. Its youngest entries are in memory, the tail; the others in the file,
/// and of those the first of each block in memory too, the top.
///
/// A lookup reads at most one block of the file. An idle index keeps neither tail nor top. A sealed
/// one is one without a tail.
///
/// Lives on its owner shard, except where a method says otherwise.
final class SparseIndex {
    /// From so many entries on the tail wants to be written.
    static final int TAIL_DUE = IndexFormat.BLOCK_ENTRIES / 2;

    /// More the tail does not hold, but for entries that end a segment. So many come while whoever
    /// writes them waits a quarter of a second for his turn, at half a gigabyte a second; what has
    /// no entry is searched batch by batch.
    static final int TAIL_MAX = 64 * IndexFormat.BLOCK_ENTRIES;

    private final IndexFormat format;
    private IndexEntries tail;
    private @Nullable IndexEntries top;
    private int written;
    private IndexEntry last;
    private RecentBlocks recent;

    /// An index without entries.
    SparseIndex(IndexFormat format) {
        this(format, 0, format.nothing(), new IndexEntries(format));
    }

    /// An index of what is in a file.
    ///
    /// @param top the first entry of each block, or null to read it when it is asked for
    SparseIndex(IndexFormat format, int written, IndexEntry last, @Nullable IndexEntries top) {
        this.format = format;
        this.written = written;
        this.last = last;
        this.top = top;
        this.tail = new IndexEntries(format);
        this.recent = new RecentBlocks();
    }

    private SparseIndex(SparseIndex index) {
        format = index.format;
        written = index.written;
        last = index.last;
        top = index.top == null ? null : index.top.asTheyAre();
        tail = index.tail.asTheyAre();
        recent = index.recent;
    }

    /// The index as it is now, to be asked on any thread; it has no copy of any entry, and what it
    /// reads it keeps for both.
    SparseIndex asItIs() {
        return new SparseIndex(this);
    }

    IndexFormat format() {
        return format;
    }

    /// How many entries there are, in the file and in memory.
    int entries() {
        return written + tail.count();
    }

    /// How long the file is when all that was handed out is written.
    long fileBytes() {
        return (long) written * format.entryBytes();
    }

    /// The youngest entry, or what [IndexFormat#nothing] says.
    IndexEntry last() {
        return last;
    }

    /// Adds an entry above all others, unless the file could not be written for so long that there
    /// is no room for it. Searches are right without it, only slower: an entry is where they begin,
    /// and an earlier one is as good. What is above what is left out still ascends.
    ///
    /// @return whether it can be one
    boolean append(IndexEntry entry) {
        return tail.count() < TAIL_MAX ? appendLast(entry) : canFollow(entry);
    }

    /// Adds one in any case, because the last one is more than a place to begin: the largest
    /// timestamp of a segment is what its time index ends with.
    ///
    /// @return whether it can be one
    boolean appendLast(IndexEntry entry) {
        if (!canFollow(entry)) {
            return false;
        }
        tail.add(entry);
        last = entry;
        return true;
    }

    private boolean canFollow(IndexEntry entry) {
        boolean above = entries() == 0 || IndexFormat.ascends(last, entry);
        return above && format.fits(entry);
    }

    /// Whether the tail is long enough to be worth a write.
    boolean isWriteDue() {
        return tail.count() >= TAIL_DUE;
    }

    /// Whether there is anything to write.
    boolean isDirty() {
        return !tail.isEmpty();
    }

    /// The tail as it is now; say [#wrote] when it is in the file. One at a time.
    TailWrite tailWrite() {
        return new TailWrite(format.kind(), written, fileBytes(), tail.copy());
    }

    /// A tail is in the file.
    void wrote(TailWrite write) {
        Check.that(write.slot() == written, "tails are written in order and once", write.slot());
        int count = write.bytes().capacity() / format.entryBytes();
        Check.that(count <= tail.count(), "a tail is not cut while it is written", count);
        if (written == 0) {
            top = new IndexEntries(format);
        }
        IndexEntries known = top;
        for (int slot = 0; known != null && slot < count; slot++) {
            if ((written + slot) % IndexFormat.BLOCK_ENTRIES == 0) {
                known.add(tail.entry(slot));
            }
        }
        tail.drop(count);
        written += count;
    }

    /// Gives memory back. What is not written stays.
    void sleep() {
        top = null;
        recent = new RecentBlocks();
        if (tail.isEmpty()) {
            tail = new IndexEntries(format);
        }
    }

    /// The last entry at or below a key.
    IndexAnswer floor(long key) {
        int inTail = tail.upTo(Column.KEY, key);
        if (inTail > 0) {
            return new IndexAnswer.Found(tail.entry(inTail - 1));
        }
        if (written == 0) {
            return new IndexAnswer.None();
        }
        IndexEntries known = top;
        IndexBlock.Question question = new IndexBlock.Question.Floor(key);
        if (known == null) {
            return asleep(question);
        }
        int blocks = known.upTo(Column.KEY, key);
        return blocks == 0 ? new IndexAnswer.None() : block(known, blocks - 1, question);
    }

    /// Whether nothing of its file is in memory.
    boolean isAsleep() {
        return top == null && written > 0;
    }

    /// The first entry at or above a key; null where that is not known without a look into the
    /// file.
    @Nullable IndexEntry above(long key) {
        int below = tail.below(Column.KEY, key);
        if (below > 0 || written == 0) {
            return below < tail.count() ? tail.entry(below) : null;
        }
        return recent.above(key);
    }

    /// The first entry at or above a value, as Kafka finds it: the very first entry is never the
    /// answer when it is exactly what is wanted.
    IndexAnswer ceiling(long value) {
        int below = tail.below(Column.VALUE, value);
        if (written == 0 && tail.upTo(Column.VALUE, value) > 0) {
            return inTail(Math.max(1, below));
        }
        if (written == 0 || below > 0) {
            return inTail(below);
        }
        IndexEntries known = top;
        if (known == null) {
            return asleep(new IndexBlock.Question.Ceiling(value, inTail(0)));
        }
        if (known.upTo(Column.VALUE, value) == 0) {
            return new IndexAnswer.Found(known.entry(0));
        }
        int blocks = Math.max(1, known.below(Column.VALUE, value));
        IndexAnswer beyond =
                blocks < known.count() ? new IndexAnswer.Found(known.entry(blocks)) : inTail(0);
        return block(known, blocks - 1, new IndexBlock.Question.Ceiling(value, beyond));
    }

    private IndexAnswer inTail(int slot) {
        return slot < tail.count()
                ? new IndexAnswer.Found(tail.entry(slot))
                : new IndexAnswer.None();
    }

    private IndexAnswer asleep(IndexBlock.Question question) {
        return new IndexAnswer.Asleep(new IndexBisection(format, written, question));
    }

    private IndexAnswer block(IndexEntries known, int block, IndexBlock.Question question) {
        int slot = block * IndexFormat.BLOCK_ENTRIES;
        int count = Math.min(IndexFormat.BLOCK_ENTRIES, written - slot);
        IndexBlock asked =
                new IndexBlock(format, slot, count, known.entry(block), question, recent);
        IndexEntries read = recent.entries(slot, count);
        return read == null ? new IndexAnswer.InFile(asked) : asked.in(read);
    }

    /// How much heap the entries take, for who counts.
    int heapBytes() {
        int tops = top == null ? 0 : top.count();
        return (tops + tail.count()) * format.entryBytes();
    }
}
