package hallows.model;

/// Who brings a batch.
public enum Origin {
    /// A client: believed in nothing.
    CLIENT,
    /// The leader of the partition: it has checked what it sends.
    REPLICATION,
    /// A coordinator of this broker, whose markers and state are records too.
    COORDINATOR
}
