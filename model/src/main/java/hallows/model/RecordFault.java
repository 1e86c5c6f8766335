package hallows.model;

/// What is wrong with one record of a batch.
///
/// @param index its place in the batch
/// @param error what its client is told
/// @param message in words
public record RecordFault(int index, ErrorCode error, String message) {}
