package hallows.bench;

/// A server that sends back what it gets.
interface Echo extends AutoCloseable {
    /// Where it listens on the loopback interface.
    int port();

    @Override
    void close();
}
