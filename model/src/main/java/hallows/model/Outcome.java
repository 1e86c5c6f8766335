package hallows.model;

import java.util.List;

/// What became of an append.
public sealed interface Outcome {
    /// It has its place, and becomes part of the log with the next write.
    ///
    /// @param firstOffset of its first record
    /// @param lastOffset of its last record
    /// @param appendTime the time of the append where the topic counts that, else -1
    record Staged(long firstOffset, long lastOffset, long appendTime) implements Outcome {}

    /// Its producer has brought it before.
    ///
    /// @param firstOffset of its first record
    /// @param lastOffset of its last record
    /// @param timestamp its latest timestamp
    record Duplicate(long firstOffset, long lastOffset, long timestamp) implements Outcome {}

    /// It was not taken in.
    ///
    /// @param error what its client is told
    /// @param message in words
    /// @param records which records are to blame; none when all of it is
    record Refused(ErrorCode error, String message, List<RecordFault> records) implements Outcome {
        /// All of it is to blame.
        public Refused(ErrorCode error, String message) {
            this(error, message, List.of());
        }
    }
}
