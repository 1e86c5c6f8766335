package hallows.log;

import org.jspecify.annotations.Nullable;

/// What a batch will change when it is committed, and what it takes to forget that it was staged.
///
/// @param slot its producer
/// @param before its producer's state before it
/// @param after its producer's state after it
/// @param lastOffset of its last record
/// @param marker what it says when it ends a transaction
/// @param guard withdrawn by it
record StagedBatch(
        ProducerSlot slot,
        @Nullable ProducerState before,
        ProducerState after,
        long lastOffset,
        @Nullable EndMarker marker,
        @Nullable VerificationGuard guard) {

    /// Whether readers see a transaction begin with it.
    boolean beginsTransaction() {
        return after.hasTransaction() && (before == null || !before.hasTransaction());
    }
}
