package hallows.log;

/// What of the transactions a reader sees.
public enum Isolation {
    /// All records below the bound that was asked for.
    UNCOMMITTED,
    /// Nothing from the first transaction on that is still under way; of those that were aborted
    /// the answer says which they are.
    COMMITTED
}
