package hallows.simulation;

/// A call that a test can make fail with [SimDisk#failNext].
public enum DiskCall {
    /// A positioned read.
    READ,
    /// A write; some of it may have been taken.
    WRITE,
    /// A flush of a file, or the sync of a directory.
    FLUSH
}
