package hallows.runtime;

/// How a link ended.
public sealed interface LinkEnd {
    /// The peer was done and said so.
    record PeerFinished() implements LinkEnd {}

    /// We closed it.
    record Closed() implements LinkEnd {}

    /// It broke.
    ///
    /// @param fault how
    record Broken(Fault fault) implements LinkEnd {}

    /// The peer was done.
    LinkEnd PEER_FINISHED = new PeerFinished();

    /// We closed it.
    LinkEnd CLOSED = new Closed();
}
