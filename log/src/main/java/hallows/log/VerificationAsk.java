package hallows.log;

/// A transactional batch that waits for its coordinator's word.
///
/// @param producerId who made it
/// @param epoch his
/// @param sequence of its first record
/// @param raisesEpochs whether he gets a new epoch with each transaction
record VerificationAsk(long producerId, short epoch, int sequence, boolean raisesEpochs) {}
