package hallows.model;

/// What came of an append.
public sealed interface AppendOutcome {
    /// It is durable.
    ///
    /// @param offset where
    record Appended(long offset) implements AppendOutcome {}

    /// It is not in the log, or nobody knows whether it will stay.
    ///
    /// @param why the reason
    record Refused(Refusal why) implements AppendOutcome {}
}
