package hallows.log;

import org.jspecify.annotations.Nullable;

/// The block of an index's file that was read last. Who follows a log asks for the same block again
/// and again, and need neither open nor read nor check the file for that.
///
/// Any thread. What it says is what the file said: a search looks at the batch that it leads to.
final class RecentBlock {
    private volatile @Nullable Known known;

    /// A block that was found sound.
    ///
    /// @param slot its first
    /// @param entries all of them
    private record Known(int slot, IndexEntries entries) {}

    /// A block was read.
    void read(int slot, IndexEntries entries) {
        known = new Known(slot, entries);
    }

    /// The entries of a block, if it is this one and has not grown.
    @Nullable IndexEntries entries(int slot, int count) {
        Known last = known;
        return last != null && last.slot() == slot && last.entries().count() == count
                ? last.entries()
                : null;
    }

    /// The first entry at or above a key, if there is one in here and one below it.
    @Nullable IndexEntry above(long key) {
        Known last = known;
        int slot = last == null ? 0 : last.entries().below(IndexEntry.Column.KEY, key);
        return last != null && slot > 0 && slot < last.entries().count()
                ? last.entries().entry(slot)
                : null;
    }
}
