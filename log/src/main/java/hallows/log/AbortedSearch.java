package hallows.log;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Which aborted transactions have records in the range that a fetch answers. Fed with the entries
/// of the segment that holds the first offset, then of those after it, until it is complete or
/// there are no more.
final class AbortedSearch {
    private final long firstOffset;
    private final long endOffset;
    private final List<AbortedTransaction> found = new ArrayList<>(0);

    /// For records from `firstOffset` on and below `endOffset`.
    AbortedSearch(long firstOffset, long endOffset) {
        this.firstOffset = firstOffset;
        this.endOffset = endOffset;
    }

    /// How a search stands.
    enum Progress {
        /// Later entries may belong to the range.
        SEARCHING,
        /// No later entry does.
        COMPLETE,
        /// What was handed in is no index.
        CORRUPT
    }

    /// Looks through the next entries of a file; consumes whole ones.
    Progress search(ByteBuffer entries) {
        while (entries.remaining() >= AbortedTransactions.ENTRY_BYTES) {
            int at = entries.position();
            if (!AbortedTransactions.isKnownVersion(entries, at)) {
                return Progress.CORRUPT;
            }
            AbortedTransaction aborted = AbortedTransactions.at(entries, at);
            entries.position(at + AbortedTransactions.ENTRY_BYTES);
            if (aborted.lastOffset() >= firstOffset && aborted.firstOffset() < endOffset) {
                found.add(aborted);
            }
            if (aborted.lastStableOffset() >= endOffset) {
                return Progress.COMPLETE;
            }
        }
        return Progress.SEARCHING;
    }

    /// What was found so far, in the order of the markers.
    List<AbortedTransaction> found() {
        return List.copyOf(found);
    }
}
