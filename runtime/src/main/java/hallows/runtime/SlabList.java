package hallows.runtime;

import org.jspecify.annotations.Nullable;

/// Slabs in a row, linked through themselves. Lives on its owner shard.
final class SlabList {
    private @Nullable Slab first;
    private @Nullable Slab last;
    private int size;

    @Nullable Slab first() {
        return first;
    }

    @Nullable Slab last() {
        return last;
    }

    int size() {
        return size;
    }

    /// The one nearest to the front with blocks of this size.
    @Nullable Slab firstOf(long blockBytes) {
        Slab slab = first;
        while (slab != null && slab.blockBytes() != blockBytes) {
            slab = slab.next;
        }
        return slab;
    }

    void addFirst(Slab slab) {
        Check.that(slab.list == null, "a slab stands in one list");
        Slab second = first;
        slab.list = this;
        slab.next = second;
        if (second == null) {
            last = slab;
        } else {
            second.previous = slab;
        }
        first = slab;
        size++;
    }

    void remove(Slab slab) {
        Check.that(slab.list == this, "a slab is removed from its list");
        Slab before = slab.previous;
        Slab after = slab.next;
        if (before == null) {
            first = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.previous = before;
        }
        slab.list = null;
        slab.next = null;
        slab.previous = null;
        size--;
    }
}
