package hallows.log;

import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import org.jspecify.annotations.Nullable;

/// A question to an index that keeps nothing in memory: finds the block of the file that holds the
/// answer by the first entries of some others, ten small reads for the index of a GiB. It knows
/// nothing of the index it came from, so it can be asked on any thread.
///
/// @param format how entries lie
/// @param count how many there are in the file
/// @param question what is looked for
record IndexBisection(IndexFormat format, int count, IndexBlock.Question question) {
    /// Searches, in the block that somebody has read last if it can hold the answer. What an index
    /// that does not ascend answers is worth nothing.
    IndexAnswer ask(HeldFile index) {
        IndexEntry known = index.blocks().answer(question, count);
        return known == null ? search(index) : new IndexAnswer.Found(known);
    }

    private IndexAnswer search(HeldFile index) {
        DiskFile file = index.file();
        int low = 0;
        int high = IndexFile.blocks(count);
        IndexEntry first = format.nothing();
        @Nullable IndexEntry beyond = null;
        while (low < high) {
            int middle = (low + high) >>> 1;
            switch (IndexFile.entry(file, format, middle * IndexFormat.BLOCK_ENTRIES)) {
                case Result.Failed<IndexEntry>(Fault fault) -> {
                    return new IndexAnswer.Unreadable(fault);
                }
                case Result.Ok<IndexEntry>(IndexEntry entry) -> {
                    if (isUpTo(entry, middle)) {
                        low = middle + 1;
                        first = entry;
                    } else {
                        high = middle;
                        beyond = entry;
                    }
                }
            }
        }
        return low == 0 ? outside(beyond) : block(low - 1, first, beyond, index.blocks()).ask(file);
    }

    /// Whether the answer is in this block or behind it.
    private boolean isUpTo(IndexEntry entry, int block) {
        return switch (question) {
            case IndexBlock.Question.Floor(long key) -> entry.key() <= key;
            // Kafka never answers with the very first entry when it is exactly what is wanted.
            case IndexBlock.Question.Ceiling(long value, IndexAnswer _) ->
                    block == 0 ? entry.value() <= value : entry.value() < value;
        };
    }

    private IndexAnswer outside(@Nullable IndexEntry first) {
        return switch (question) {
            case IndexBlock.Question.Floor _ -> new IndexAnswer.None();
            case IndexBlock.Question.Ceiling(long _, IndexAnswer beyond) ->
                    first == null ? beyond : new IndexAnswer.Found(first);
        };
    }

    private IndexBlock block(
            int block, IndexEntry first, @Nullable IndexEntry next, RecentBlocks recent) {
        int slot = block * IndexFormat.BLOCK_ENTRIES;
        int entries = Math.min(IndexFormat.BLOCK_ENTRIES, count - slot);
        IndexBlock.Question asked =
                next != null && question instanceof IndexBlock.Question.Ceiling(long value, _)
                        ? new IndexBlock.Question.Ceiling(value, new IndexAnswer.Found(next))
                        : question;
        return new IndexBlock(format, slot, entries, first, asked, recent);
    }
}
