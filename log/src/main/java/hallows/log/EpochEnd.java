package hallows.log;

/// Where a leader's epoch ended, as OffsetsForLeaderEpoch is answered and as a fetch finds that its
/// sender has other records.
///
/// @param epoch the largest known one that is not above the one asked for; -1 when nothing is known
/// @param endOffset one above its last record; -1 when nothing is known
public record EpochEnd(int epoch, long endOffset) {
    static final EpochEnd UNDEFINED =
            new EpochEnd(LeaderEpochs.UNDEFINED_EPOCH, LeaderEpochs.UNDEFINED_OFFSET);

    /// Whether anything is known. A fetch that asked then is out of range.
    public boolean isKnown() {
        return epoch != LeaderEpochs.UNDEFINED_EPOCH && endOffset != LeaderEpochs.UNDEFINED_OFFSET;
    }

    /// Whether who asked, and has come to `offset` in `asked`, has records that are not here: it
    /// has to go back to this end.
    public boolean isBefore(int asked, long offset) {
        return epoch < asked || endOffset < offset;
    }
}
