package hallows.log;

import java.util.OptionalLong;

/// What is written down about a log in the checkpoints of its directory.
///
/// @param recoveryPoint all below is durable, indexes included
/// @param start its first offset, when its first segment begins lower
/// @param highWatermark readers see what is below
record LogOffsets(long recoveryPoint, OptionalLong start, OptionalLong highWatermark) {
    /// Of a log about which nothing is written.
    static final LogOffsets UNKNOWN = new LogOffsets(0, OptionalLong.empty(), OptionalLong.empty());

    /// As they are for a log of which more is durable than can be seen from its segments.
    LogOffsets durableTo(long offset) {
        return new LogOffsets(Math.max(recoveryPoint, offset), start, highWatermark);
    }

    /// As they are for a log that is about to be cut there: what is appended from there on counts
    /// neither as durable nor as unwanted.
    LogOffsets cappedAt(long offset) {
        OptionalLong from =
                start.isPresent()
                        ? OptionalLong.of(Math.min(start.getAsLong(), offset))
                        : OptionalLong.empty();
        return new LogOffsets(Math.min(recoveryPoint, offset), from, highWatermark);
    }
}
