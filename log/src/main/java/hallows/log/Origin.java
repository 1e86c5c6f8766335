package hallows.log;

/// Where an append comes from, and so how much of it is taken on trust.
public enum Origin {
    /// A client: everything is checked.
    CLIENT,
    /// A group or transaction coordinator of this house: epochs are checked, sequences are not.
    COORDINATOR,
    /// The leader, or this log's own files: it was checked when it was first taken in.
    REPLICATION,
    /// The leader of the metadata quorum: offsets are already there.
    RAFT_LEADER
}
