package hallows.log;

import hallows.log.IndexEntry.Column;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.ByteBuffer;

/// The one block of a file that holds an answer, with the question. It knows nothing of the index
/// it came from, so it can be asked on any thread.
///
/// @param format how entries lie
/// @param slot the block's first one
/// @param count how many there are
/// @param first the entry in the first slot, as the index remembers it
/// @param question what is looked for
/// @param recent keeps what was read for the next question
record IndexBlock(
        IndexFormat format,
        int slot,
        int count,
        IndexEntry first,
        Question question,
        RecentBlocks recent) {
    /// What is looked for in a block.
    sealed interface Question {
        /// The last entry at or below a key.
        ///
        /// @param key an offset or a timestamp
        record Floor(long key) implements Question {}

        /// The first entry at or above a value.
        ///
        /// @param value a position
        /// @param beyond the answer when the block has none
        record Ceiling(long value, IndexAnswer beyond) implements Question {}
    }

    /// Reads the block and looks.
    IndexAnswer ask(DiskFile file) {
        int entryBytes = format.entryBytes();
        ByteBuffer bytes = ByteBuffer.allocate(count * entryBytes);
        Result<Integer> read = file.read((long) slot * entryBytes, bytes);
        return switch (read) {
            case Result.Failed<Integer>(Fault fault) -> new IndexAnswer.Unreadable(fault);
            case Result.Ok<Integer> _ when bytes.hasRemaining() -> damaged(file, "is too short");
            case Result.Ok<Integer> _ -> ask(file, IndexEntries.read(format, bytes));
        };
    }

    private IndexAnswer ask(DiskFile file, IndexEntries entries) {
        if (!entries.entry(0).equals(first) || !entries.ascend()) {
            return damaged(file, "has changed or does not ascend");
        }
        recent.read(slot, entries);
        return in(entries);
    }

    /// The answer of the block's entries, read before.
    IndexAnswer in(IndexEntries entries) {
        return switch (question) {
            case Question.Floor(long key) -> floor(entries, key);
            case Question.Ceiling(long value, IndexAnswer beyond) -> {
                int below = entries.below(Column.VALUE, value);
                // Kafka never answers with the very first entry when it is exactly what is wanted.
                int found = slot == 0 ? Math.max(1, below) : below;
                yield found < count ? new IndexAnswer.Found(entries.entry(found)) : beyond;
            }
        };
    }

    private static IndexAnswer floor(IndexEntries entries, long key) {
        int upTo = entries.upTo(Column.KEY, key);
        return upTo == 0 ? new IndexAnswer.None() : new IndexAnswer.Found(entries.entry(upTo - 1));
    }

    private static IndexAnswer damaged(DiskFile file, String what) {
        return new IndexAnswer.Damaged(file.path() + " " + what);
    }
}
