package hallows.log;

import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Goes through an index file entry by entry, a block at a time, and stops where it is no index any
/// more. Zeros at its end are room that Kafka has reserved. Blocks.
final class IndexCursor {
    private final DiskFile file;
    private final IndexFormat format;
    private final ByteBuffer block;
    private int blockAt;
    private int blockEntries;
    private int slot;
    private @Nullable IndexEntry last;
    private @Nullable IndexEntry next;
    private @Nullable String wrong;

    IndexCursor(DiskFile file, IndexFormat format) {
        this.file = file;
        this.format = format;
        this.block = ByteBuffer.allocate(IndexFormat.BLOCK_ENTRIES * format.entryBytes());
        look();
    }

    /// The next entry, or null when there is none.
    @Nullable IndexEntry peek() {
        return next;
    }

    /// Which one it is.
    int slot() {
        return slot;
    }

    /// Passes over it.
    void advance() {
        last = next;
        slot++;
        look();
    }

    /// Why it ended before its file did, or null.
    @Nullable String wrong() {
        return wrong;
    }

    private void look() {
        IndexEntry read = read();
        if (read != null && isZero()) {
            room();
            read = null;
        } else if (read != null && !follows(read)) {
            wrong = "entry %d, %d %d, does not rise".formatted(slot, read.key(), read.value());
            read = null;
        }
        next = read;
    }

    private boolean follows(IndexEntry entry) {
        return format.fits(entry) && (last == null || IndexFormat.ascends(last, entry));
    }

    /// What begins with a zero entry has to be zeros to its end.
    private void room() {
        int first = slot;
        while (read() != null && isZero()) {
            slot++;
        }
        if (slot - blockAt < blockEntries) {
            wrong = "entry %d comes after zeros from entry %d on".formatted(slot, first);
        }
    }

    /// The entry in this slot, or null behind the last whole one.
    private @Nullable IndexEntry read() {
        if (slot >= blockAt + blockEntries && !fill()) {
            return null;
        }
        int at = slot - blockAt;
        return new IndexEntry(format.key(block, at), format.value(block, at));
    }

    private boolean fill() {
        block.clear();
        Result<Integer> read = file.read((long) slot * format.entryBytes(), block);
        if (read instanceof Result.Failed<Integer>(Fault fault)) {
            wrong = fault.message();
            block.clear();
        }
        int torn = block.position() % format.entryBytes();
        if (torn > 0) {
            wrong = "its last %d bytes are no whole entry".formatted(torn);
        }
        blockAt = slot;
        blockEntries = block.position() / format.entryBytes();
        return blockEntries > 0;
    }

    private boolean isZero() {
        int from = (slot - blockAt) * format.entryBytes();
        for (int at = from; at < from + format.entryBytes(); at++) {
            if (block.get(at) != 0) {
                return false;
            }
        }
        return true;
    }
}
