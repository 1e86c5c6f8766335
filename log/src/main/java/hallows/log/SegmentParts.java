package hallows.log;

/// What is known of a segment beside its records.
///
/// @param indexes where its offsets and timestamps are
/// @param aborted its aborted transactions
record SegmentParts(SegmentIndexes indexes, AbortedTransactions aborted) {}
