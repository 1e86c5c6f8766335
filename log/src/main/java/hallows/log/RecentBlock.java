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
}
