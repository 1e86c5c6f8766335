package hallows.simulation;

import java.util.Locale;

/// A call that a test can make fail with [SimDisk#failNext].
public enum DiskCall {
    /// A positioned read.
    READ,
    /// A write; some of it may have been taken.
    WRITE,
    /// A flush of a file, or the sync of a directory.
    FLUSH,
    /// A flush of the whole file system.
    FLUSH_WHOLE,
    /// An opening, which creates nothing then.
    OPEN,
    /// A look at the names in a directory.
    LIST,
    /// The making of directories.
    CREATE_DIRECTORIES,
    /// A rename.
    RENAME,
    /// A deletion.
    DELETE,
    /// A lock.
    LOCK,
    /// A cut.
    TRUNCATE,
    /// A reservation of room.
    PREALLOCATE,
    /// A question for a file's size.
    SIZE;

    /// What it is called in messages.
    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
