package hallows.log;

import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// One pass over an index file, a block at a time.
final class IndexScan {
    private final DiskFile file;
    private final IndexFormat format;
    private final int slots;
    private final IndexEntries top;
    private IndexEntry last;
    private int entries;

    // Whether the entries have ended and zeros have begun.
    private boolean ended;

    IndexScan(DiskFile file, IndexFormat format, int slots) {
        this.file = file;
        this.format = format;
        this.slots = slots;
        this.top = new IndexEntries(format);
        this.last = format.nothing();
    }

    IndexLoad run() {
        ByteBuffer block =
                ByteBuffer.allocate(
                        Math.min(slots, IndexFormat.BLOCK_ENTRIES) * format.entryBytes());
        for (int slot = 0; slot < slots; slot += IndexFormat.BLOCK_ENTRIES) {
            int count = Math.min(IndexFormat.BLOCK_ENTRIES, slots - slot);
            block.clear().limit(count * format.entryBytes());
            IndexLoad bad = block(slot, block);
            if (bad != null) {
                return bad;
            }
        }
        if (isAllZero()) {
            return new IndexLoad.Sound(new SparseIndex(format), fileBytes());
        }
        return new IndexLoad.Sound(new SparseIndex(format, entries, last, top), fileBytes());
    }

    /// A first entry of zeros may be one, but not when only zeros follow it.
    private boolean isAllZero() {
        return entries == 1 && slots > 1 && isZero(last);
    }

    private long fileBytes() {
        return (long) slots * format.entryBytes();
    }

    private @Nullable IndexLoad block(int slot, ByteBuffer bytes) {
        switch (file.read((long) slot * format.entryBytes(), bytes)) {
            case Result.Failed<Integer>(Fault fault) -> {
                return new IndexLoad.Unreadable(fault);
            }
            case Result.Ok<Integer> _ -> {
                if (bytes.hasRemaining()) {
                    return new IndexLoad.Damaged(file.path() + " is too short");
                }
            }
        }
        IndexEntries read = IndexEntries.read(format, bytes);
        for (int at = 0; at < read.count(); at++) {
            if (!take(slot + at, read.entry(at))) {
                return new IndexLoad.Damaged(file.path() + " is wrong at entry " + (slot + at));
            }
        }
        return null;
    }

    /// Whether an entry may be where it is.
    private boolean take(int slot, IndexEntry entry) {
        boolean follows = slot == 0 || IndexFormat.ascends(last, entry);
        if (ended || !follows || !format.fits(entry)) {
            ended = true;
            return isZero(entry);
        }
        if (slot % IndexFormat.BLOCK_ENTRIES == 0) {
            top.add(entry);
        }
        last = entry;
        entries++;
        return true;
    }

    /// Whether an entry is made of zero bytes.
    private boolean isZero(IndexEntry entry) {
        long base = format.baseOffset();
        return switch (format.kind()) {
            case OFFSET -> entry.key() == base && entry.value() == 0;
            case TIME -> entry.key() == 0 && entry.value() == base;
        };
    }
}
