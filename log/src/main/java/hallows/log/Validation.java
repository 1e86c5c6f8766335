package hallows.log;

/// How much of a compressed batch is looked at before it is taken in: `hallows.validation`.
public enum Validation {
    /// Every record, as Kafka does: the batch is unpacked once.
    STRICT,
    /// The header and the checksum: the client is believed about timestamps, keys and counts.
    HEADER
}
