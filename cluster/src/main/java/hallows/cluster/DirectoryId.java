package hallows.cluster;

/// A log directory, wherever it is mounted today.
///
/// @param high the first 64 bits
/// @param low the last 64 bits
public record DirectoryId(long high, long low) {
    /// A replica that its broker has not yet put anywhere.
    public static final DirectoryId UNASSIGNED = new DirectoryId(0, 0);

    /// A replica in a directory that its broker lost.
    public static final DirectoryId LOST = new DirectoryId(0, 1);

    /// A replica of a time when nobody wrote down where.
    public static final DirectoryId MIGRATING = new DirectoryId(0, 2);

    /// Whether it names a directory, and not why there is none.
    public boolean isAssigned() {
        return high != 0 || low < 0 || low >= RESERVED;
    }

    private static final int RESERVED = 100;
}
