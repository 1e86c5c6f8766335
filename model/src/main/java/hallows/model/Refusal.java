package hallows.model;

/// Why an append or a read was refused.
public enum Refusal {
    /// The disk is full; nothing was written. It may work later.
    NO_SPACE,
    /// The disk has failed; what was not acknowledged may be lost.
    DISK_FAILED,
    /// The offset is not in the log.
    OUT_OF_RANGE,
    /// The request is not a request.
    MALFORMED,
    /// Too large for the log.
    TOO_LARGE,
    /// The owner is not there now; it may be back soon.
    NOT_AVAILABLE
}
