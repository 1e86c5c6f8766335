package hallows.log;

import java.nio.ByteBuffer;

/// Entries as they lie in a file, in a piece of memory that grows with them.
///
/// A search in entries that do not ascend ends too; what it finds is then worth nothing.
final class IndexEntries {
    private static final int FIRST_ENTRIES = 8;

    private final IndexFormat format;
    private ByteBuffer bytes;
    private int count;

    IndexEntries(IndexFormat format) {
        this(format, ByteBuffer.allocate(0), 0);
    }

    private IndexEntries(IndexFormat format, ByteBuffer bytes, int count) {
        this.format = format;
        this.bytes = bytes;
        this.count = count;
    }

    /// The entries that were read into a buffer, from its beginning to its position.
    static IndexEntries read(IndexFormat format, ByteBuffer bytes) {
        return new IndexEntries(format, bytes, bytes.position() / format.entryBytes());
    }

    int count() {
        return count;
    }

    boolean isEmpty() {
        return count == 0;
    }

    IndexEntry entry(int slot) {
        return new IndexEntry(format.key(bytes, slot), format.value(bytes, slot));
    }

    void add(IndexEntry entry) {
        int needed = (count + 1) * format.entryBytes();
        if (needed > bytes.capacity()) {
            int room = Math.max(FIRST_ENTRIES, 2 * count) * format.entryBytes();
            bytes = ByteBuffer.allocate(room).put(bytes.flip());
        }
        format.put(bytes, entry);
        count++;
    }

    /// Drops the first entries. The others move to new room: somebody may look at all of them as
    /// they were.
    void drop(int entries) {
        ByteBuffer rest = bytes.flip().position(entries * format.entryBytes());
        bytes = ByteBuffer.allocate(rest.remaining()).put(rest);
        count -= entries;
    }

    /// The same entries, to be asked on any thread; of what is added later it knows nothing. It
    /// shares their bytes: searches do not look at the place where the next one goes.
    IndexEntries asTheyAre() {
        return new IndexEntries(format, bytes, count);
    }

    /// A copy of all bytes, for who writes them elsewhere.
    ByteBuffer copy() {
        ByteBuffer copy = ByteBuffer.allocate(count * format.entryBytes());
        return copy.put(bytes.duplicate().flip()).flip();
    }

    /// How many entries are below `bound` in a column.
    int below(IndexEntry.Column column, long bound) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (at(column, middle) < bound) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// How many entries are at or below `bound` in a column.
    int upTo(IndexEntry.Column column, long bound) {
        return bound == Long.MAX_VALUE ? count : below(column, bound + 1);
    }

    /// Whether all entries ascend.
    boolean ascend() {
        for (int slot = 1; slot < count; slot++) {
            if (!IndexFormat.ascends(entry(slot - 1), entry(slot))) {
                return false;
            }
        }
        return true;
    }

    private long at(IndexEntry.Column column, int slot) {
        return switch (column) {
            case KEY -> format.key(bytes, slot);
            case VALUE -> format.value(bytes, slot);
        };
    }
}
