package hallows.log;

/// What is kept of a producer's batch, so that the batch is known when it comes again.
///
/// @param lastSequence of its last record
/// @param lastOffset of its last record
/// @param offsetDelta the offset of its last record less that of its first
/// @param timestamp the latest in it
record RetainedBatch(int lastSequence, long lastOffset, int offsetDelta, long timestamp) {
    /// Sequences go round: before 0 comes the largest.
    int firstSequence() {
        return lastSequence < offsetDelta
                ? Integer.MAX_VALUE - (offsetDelta - lastSequence) + 1
                : lastSequence - offsetDelta;
    }

    long firstOffset() {
        return lastOffset - offsetDelta;
    }
}
