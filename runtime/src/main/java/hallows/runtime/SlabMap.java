package hallows.runtime;

import java.util.concurrent.atomic.AtomicLongArray;

/// Which slabs are taken: one bit each. Any thread, lock-free.
///
/// A run is taken word by word; who meets a bit that another was quicker to take gives its own back
/// and looks further. So a bit has one owner at every moment, and while runs race, one of them may
/// be refused although it would have fitted a moment later.
final class SlabMap {
    /// Instead of the first slab of a run: there is none.
    static final int NONE = -1;

    private final int size;
    private final AtomicLongArray words;

    SlabMap(int size) {
        this.size = size;
        this.words = new AtomicLongArray((size + Long.SIZE - 1) / Long.SIZE);
        if (size % Long.SIZE != 0) {
            // What lies behind the end counts as taken, so that no search need ask for the end.
            words.set(words.length() - 1, -1L << size);
        }
    }

    /// Takes the first run of `count` slabs that is free and returns its first slab, or NONE.
    int claim(int count) {
        int first = find(0, count);
        while (first != NONE && !take(first, count)) {
            first = find(first, count);
        }
        return first;
    }

    /// Gives a run back.
    void free(int first, int count) {
        int end = first + count;
        for (int at = first; at < end; at = nextWord(at)) {
            clear(at, end);
        }
    }

    private int find(int from, int count) {
        int start = next(from, false);
        while (start <= size - count) {
            int end = next(start, true);
            if (end - start >= count) {
                return start;
            }
            start = next(end, false);
        }
        return NONE;
    }

    /// The first slab from `from` on that is taken, or that is not; `size` or more when there is
    /// none.
    private int next(int from, boolean taken) {
        int at = from;
        while (at < size) {
            long word = words.get(at / Long.SIZE);
            long wanted = (taken ? word : ~word) >>> at;
            if (wanted != 0) {
                return at + Long.numberOfTrailingZeros(wanted);
            }
            at = nextWord(at);
        }
        return at;
    }

    private boolean take(int first, int count) {
        int end = first + count;
        for (int at = first; at < end; at = nextWord(at)) {
            if (!set(at, end)) {
                free(first, at - first);
                return false;
            }
        }
        return true;
    }

    private boolean set(int at, int end) {
        int index = at / Long.SIZE;
        long mask = mask(at, end);
        long before = words.get(index);
        while ((before & mask) == 0) {
            if (words.compareAndSet(index, before, before | mask)) {
                return true;
            }
            before = words.get(index);
        }
        return false;
    }

    private void clear(int at, int end) {
        long mask = mask(at, end);
        long before = words.getAndAccumulate(at / Long.SIZE, mask, (word, bits) -> word & ~bits);
        Check.that((before & mask) == mask, "a slab is given back once", at);
    }

    /// The bits of `at` and those behind it in the same word, up to `end`.
    private static long mask(int at, int end) {
        long fromHere = -1L << at;
        return end >= nextWord(at) ? fromHere : fromHere & ~(-1L << end);
    }

    private static int nextWord(int at) {
        return (at | (Long.SIZE - 1)) + 1;
    }
}
