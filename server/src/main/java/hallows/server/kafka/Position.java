package hallows.server.kafka;

/// A place in a partition, before anybody has looked where that is.
public sealed interface Position {
    /// Its first record.
    record Beginning() implements Position {}

    /// Behind its last record of now.
    record End() implements Position {}

    /// An offset.
    ///
    /// @param offset which
    record Offset(long offset) implements Position {}

    /// So many before the end of now, in each partition.
    ///
    /// @param count how many
    record Last(long count) implements Position {}

    /// The first record that is not older than a moment; the end when there is none.
    ///
    /// @param millis since 1970
    record Time(long millis) implements Position {}
}
