package hallows.runtime;

/// The sockets.
public interface Network {
    /// Opens a port. Connections wait in the host's backlog until a core has joined the listener.
    Result<Listener> listen(Endpoint endpoint, Security security);

    /// Connects from `core`, on which all of the link's life takes place. `welcome` is called when
    /// the link is open, `unreachable` when there will be none; exactly one of them, on `core`.
    void connect(Core core, Endpoint to, Security security, Caller caller);

    /// Who wants a link.
    interface Caller extends Reception {
        /// There is no link, and why.
        void unreachable(Fault fault);
    }
}
