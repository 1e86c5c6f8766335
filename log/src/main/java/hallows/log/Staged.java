package hallows.log;

import hallows.runtime.MemoryRegion;

/// What is decided and not done yet, in its order.
sealed interface Staged {
    /// A batch has its place.
    ///
    /// @param region its bytes, the log's to release
    /// @param batch what matters for segments and indexes
    record Append(MemoryRegion region, Pace.Batch batch) implements Staged {}

    /// What follows begins a segment.
    ///
    /// @param base its first offset
    record Roll(long base) implements Staged {}
}
