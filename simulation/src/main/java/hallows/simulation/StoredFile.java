package hallows.simulation;

import hallows.runtime.Dice;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// A file's content: what everybody sees, what the disk has kept, and the changes between them.
final class StoredFile implements Entry {
    private final List<Change> unflushed = new ArrayList<>();
    private Bytes seen = new Bytes();
    private Bytes kept = new Bytes();
    private long changes;
    private long preallocated;

    int size() {
        return seen.size();
    }

    int read(long position, ByteBuffer into) {
        return seen.read(position, into);
    }

    void write(long position, byte[] bytes) {
        change(new Change.Write(++changes, position, bytes));
    }

    void cut(long size) {
        preallocated = Math.min(preallocated, size);
        change(new Change.Cut(++changes, size));
    }

    void preallocate(long bytes) {
        preallocated = Math.max(preallocated, bytes);
    }

    /// The room it takes.
    long allocatedBytes() {
        return Math.max(preallocated, seen.size());
    }

    /// The number of its last change: what a flush that begins now will keep.
    long lastChange() {
        return changes;
    }

    /// Keeps all changes up to one.
    void keep(long through) {
        unflushed.removeIf(change -> {
            if (change.number() <= through) {
                change.applyTo(kept);
                return true;
            }
            return false;
        });
    }

    /// A flush up to a change has failed: some is kept, and the rest is no longer thought dirty, as
    /// Linux has it. Programs still see it, until the power goes. Says whether any was dropped.
    boolean keepSome(long through, Dice dice) {
        boolean dropped =
                unflushed.removeIf(change ->
                        change instanceof Change.Write
                                && change.number() <= through
                                && dice.oneIn(2));
        keep(through);
        return dropped;
    }

    @Override
    public void losePower(PowerLoss loss) {
        loss.decide(unflushed).forEach(change -> change.applyTo(kept));
        unflushed.clear();
        preallocated = 0;
        seen = kept.copy();
    }

    private void change(Change change) {
        change.applyTo(seen);
        unflushed.add(change);
    }
}
