package hallows.bench;

/// Something that batches are appended to.
interface Appending extends AutoCloseable {
    /// Batches have arrived; whatever makes them ready before they reach the log. Not measured.
    void receive();

    /// Appends what has arrived. Measured.
    void append();

    @Override
    void close();
}
