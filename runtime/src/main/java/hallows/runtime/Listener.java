package hallows.runtime;

/// An open port with one acceptor, which hands each connection to the least loaded of the cores
/// that have joined.
public interface Listener {
    /// The address, with the real port.
    Endpoint endpoint();

    /// From now on `core` takes its share of the connections. Any thread.
    void join(Core core, Reception reception);

    /// From now on it does not. Its links live on. Any thread.
    void leave(Core core);

    /// Accepts no more. Any thread.
    void close();
}
