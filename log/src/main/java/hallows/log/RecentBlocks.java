package hallows.log;

import hallows.log.IndexEntry.Column;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The blocks of an index's file that were read last. Who follows a log asks for the same block
/// again and again, and so does who goes through an old segment: neither need open nor read nor
/// check the file for that.
///
/// Any thread. What they say is what the file said: a search looks at the batch that it leads to.
final class RecentBlocks {
    private static final int BLOCKS = 8;

    private final AtomicReferenceArray<@Nullable Known> blocks = new AtomicReferenceArray<>(BLOCKS);

    /// A block that was found sound.
    ///
    /// @param slot its first
    /// @param entries all of them
    private record Known(int slot, IndexEntries entries) {
        private @Nullable IndexEntry answer(IndexBlock.Question question, int count) {
            return switch (question) {
                case IndexBlock.Question.Floor(long key) -> {
                    int upTo = entries.upTo(Column.KEY, key);
                    boolean ends = slot + entries.count() == count;
                    yield upTo > 0 && (ends || upTo < entries.count())
                            ? entries.entry(upTo - 1)
                            : null;
                }
                case IndexBlock.Question.Ceiling(long value, IndexAnswer _) -> {
                    int below = entries.below(Column.VALUE, value);
                    yield below > 0 && below < entries.count() ? entries.entry(below) : null;
                }
            };
        }

        private @Nullable IndexEntry above(long key) {
            int below = entries.below(Column.KEY, key);
            return below > 0 && below < entries.count() ? entries.entry(below) : null;
        }
    }

    private static int place(int slot) {
        return slot / IndexFormat.BLOCK_ENTRIES % BLOCKS;
    }

    /// A block was read.
    void read(int slot, IndexEntries entries) {
        blocks.set(place(slot), new Known(slot, entries));
    }

    /// The entries of a block, if it is here and has not grown.
    @Nullable IndexEntries entries(int slot, int count) {
        Known known = blocks.get(place(slot));
        return known != null && known.slot() == slot && known.entries().count() == count
                ? known.entries()
                : null;
    }

    /// What is asked of all `count` entries of the index, if a block is sure to hold the answer:
    /// there is an entry on both sides of it.
    @Nullable IndexEntry answer(IndexBlock.Question question, int count) {
        for (int place = 0; place < BLOCKS; place++) {
            Known known = blocks.get(place);
            IndexEntry answer = known == null ? null : known.answer(question, count);
            if (answer != null) {
                return answer;
            }
        }
        return null;
    }

    /// The first entry at or above a key, if a block holds it and one below it.
    @Nullable IndexEntry above(long key) {
        for (int place = 0; place < BLOCKS; place++) {
            Known known = blocks.get(place);
            IndexEntry above = known == null ? null : known.above(key);
            if (above != null) {
                return above;
            }
        }
        return null;
    }
}
