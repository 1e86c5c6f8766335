package hallows.log;

import hallows.runtime.Fault;

/// What an index says to a question.
sealed interface IndexAnswer {
    /// This entry.
    ///
    /// @param entry what was asked for
    record Found(IndexEntry entry) implements IndexAnswer {}

    /// There is no such entry.
    record None() implements IndexAnswer {}

    /// It is in the file; ask `block` in a blocking job.
    ///
    /// @param block what to read and how to go on
    record InFile(IndexBlock block) implements IndexAnswer {}

    /// The memory was given back: load it with [IndexFile] in a blocking job, `wake` the index, ask
    /// again.
    record Asleep() implements IndexAnswer {}

    /// The index is not one: rebuild it from the segment.
    ///
    /// @param why what was seen, for the log of events
    record Damaged(String why) implements IndexAnswer {}

    /// The disk did not answer.
    ///
    /// @param fault what it said
    record Unreadable(Fault fault) implements IndexAnswer {}
}
