package hallows.log;

import hallows.log.LeaderEpochs.EpochStart;
import hallows.runtime.MemoryRegion;
import java.util.List;

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
    /// @param limits of its indexes, as they were configured when it was decided
    record Roll(long base, IndexLimits limits) implements Staged {}

    /// What follows was written under a new leader.
    ///
    /// @param epochs all that are known now
    record Epoch(List<EpochStart> epochs) implements Staged {}
}
