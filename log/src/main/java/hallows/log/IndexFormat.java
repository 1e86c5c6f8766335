package hallows.log;

import java.nio.ByteBuffer;

/// How the entries of one index file lie in its bytes: big-endian, one after the other, ascending
/// in both columns. Offsets are stored as the distance from the segment's first one.
///
/// @param kind which of a segment's two indexes
/// @param baseOffset the segment's first offset
record IndexFormat(Kind kind, long baseOffset) {
    /// Entries in a block: what one lookup reads at most.
    static final int BLOCK_ENTRIES = 512;

    /// A segment's indexes.
    enum Kind {
        /// `.index`: an offset and where its batch begins in the segment; 8 bytes.
        OFFSET(8),
        /// `.timeindex`: the largest timestamp so far and the last offset of its batch; 12 bytes.
        TIME(12);

        private final int entryBytes;

        Kind(int entryBytes) {
            this.entryBytes = entryBytes;
        }

        /// How long an entry is.
        int entryBytes() {
            return entryBytes;
        }
    }

    /// The index of a segment's offsets.
    static IndexFormat ofOffsets(long baseOffset) {
        return new IndexFormat(Kind.OFFSET, baseOffset);
    }

    /// The index of a segment's timestamps.
    static IndexFormat ofTimes(long baseOffset) {
        return new IndexFormat(Kind.TIME, baseOffset);
    }

    /// How long an entry is.
    int entryBytes() {
        return kind.entryBytes;
    }

    /// What the entry in a slot is found by: an offset or a timestamp.
    long key(ByteBuffer bytes, int slot) {
        int at = slot * entryBytes();
        return switch (kind) {
            case OFFSET -> baseOffset + bytes.getInt(at);
            case TIME -> bytes.getLong(at);
        };
    }

    /// What the entry in a slot leads to: a position or an offset.
    long value(ByteBuffer bytes, int slot) {
        int at = slot * entryBytes();
        return switch (kind) {
            case OFFSET -> bytes.getInt(at + Integer.BYTES);
            case TIME -> baseOffset + bytes.getInt(at + Long.BYTES);
        };
    }

    /// Whichever half of an entry is an offset.
    long offset(IndexEntry entry) {
        return kind == Kind.OFFSET ? entry.key() : entry.value();
    }

    /// Adds an entry at the buffer's position.
    void put(ByteBuffer bytes, IndexEntry entry) {
        switch (kind) {
            case OFFSET -> {
                bytes.putInt((int) (entry.key() - baseOffset));
                bytes.putInt((int) entry.value());
            }
            case TIME -> {
                bytes.putLong(entry.key());
                bytes.putInt((int) (entry.value() - baseOffset));
            }
        }
    }

    /// Whether an entry can be written at all.
    boolean fits(IndexEntry entry) {
        return switch (kind) {
            case OFFSET -> fits(entry.key()) && isInt(entry.value());
            case TIME -> entry.key() >= 0 && fits(entry.value());
        };
    }

    /// Whether an offset is near enough to the segment's first one.
    boolean fits(long offset) {
        // The difference of two offsets may overflow, then it is negative.
        return offset >= baseOffset && isInt(offset - baseOffset);
    }

    private static boolean isInt(long value) {
        return value >= 0 && value <= Integer.MAX_VALUE;
    }

    /// Whether entries may follow each other so.
    static boolean ascends(IndexEntry before, IndexEntry after) {
        return after.key() > before.key() && after.value() >= before.value();
    }

    /// What stands before the first entry; the answer of a search that finds nothing.
    IndexEntry nothing() {
        return switch (kind) {
            case OFFSET -> new IndexEntry(baseOffset, 0);
            case TIME -> new IndexEntry(IndexEntry.NO_TIMESTAMP, baseOffset);
        };
    }
}
