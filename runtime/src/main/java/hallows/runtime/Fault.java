package hallows.runtime;

/// Why the outside world refused.
///
/// @param kind what to decide by
/// @param message what to show, with the file or address in it
public record Fault(Kind kind, String message) {
    /// What a caller can tell apart.
    public enum Kind {
        /// The disk is full, or the host opens no more files. There may be room again.
        NO_SPACE,
        /// The disk lost or may have lost data.
        IO_ERROR,
        /// What is there is not what was written. To read it again helps nobody.
        DAMAGED,
        /// No such file.
        MISSING,
        /// There is one already.
        EXISTS,
        /// The host does not allow it.
        FORBIDDEN,
        /// Somebody else holds it: a port, a lock.
        IN_USE,
        /// Nobody answers there.
        UNREACHABLE,
        /// It was closed before.
        CLOSED,
        /// This host cannot do that.
        UNSUPPORTED
    }
}
