package hallows.log;

/// The control record that ends a transaction.
///
/// @param aborts whether the transaction never was
/// @param coordinatorEpoch of the coordinator that says so
/// @param timestamp when
record EndMarker(boolean aborts, int coordinatorEpoch, long timestamp) implements ControlBatch {}
