package hallows.log;

import java.util.OptionalLong;

/// What a log directory says of one of its partitions, which decides what is damage and what a
/// crash has left for the next start to mend.
///
/// @param clean whether the broker has stopped in good order, so that there is nothing to mend
/// @param recoveryPoint below this offset everything is durable; none when nobody says
/// @param compacted whether compaction has been here
record Standing(boolean clean, OptionalLong recoveryPoint, boolean compacted) {
    /// When nobody says anything.
    static final Standing UNKNOWN = new Standing(false, OptionalLong.empty(), false);

    /// Whether the next start cuts what is no batch from this offset on.
    boolean cutsAt(long offset) {
        return !clean && offset >= recoveryPoint.orElse(0);
    }

    /// Whether the next start builds the indexes of a segment anew that ends here.
    boolean rebuildsTo(long end) {
        return !clean && recoveryPoint.isPresent() && end > recoveryPoint.getAsLong();
    }
}
