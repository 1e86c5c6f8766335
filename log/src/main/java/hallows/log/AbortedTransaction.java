package hallows.log;

/// A transaction that never was; readers of committed records pass over it.
///
/// @param producerId who began it
/// @param firstOffset of its first record
/// @param lastOffset of the marker that ended it
/// @param lastStableOffset as it was with that marker, were all replicated: no later entry of the
///   index begins below it
public record AbortedTransaction(
        long producerId, long firstOffset, long lastOffset, long lastStableOffset) {}
