package hallows.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Numbers from one shard to one other, first in, first out.
///
/// It is never full: what circulates on a ring is the stock of one mailbox, and the ring has room
/// for all of it. So the writer need not look at the reader, and the two share one cursor only.
final class Ring {
    private static final VarHandle CURSORS = MethodHandles.arrayElementVarHandle(long[].class);

    // 128 bytes apart, because processors fetch lines in pairs.
    private static final int WRITTEN = 16;
    private static final int SEEN = 32;
    private static final int TAKEN = 33;
    private static final int LENGTH = 48;

    private final int[] slots;
    private final int mask;
    private final long[] cursors = new long[LENGTH];

    Ring(int capacity) {
        Check.that(
                Integer.bitCount(capacity) == 1, "a ring's capacity is a power of two", capacity);
        slots = new int[capacity];
        mask = capacity - 1;
    }

    /// Puts a number in. Writer only.
    void put(int number) {
        long at = cursors[WRITTEN];
        slots[(int) at & mask] = number;
        CURSORS.setRelease(cursors, WRITTEN, at + 1);
    }

    /// Whether there is none to take. Reader only.
    boolean isEmpty() {
        long taken = cursors[TAKEN];
        if (taken != cursors[SEEN]) {
            return false;
        }
        long written = (long) CURSORS.getAcquire(cursors, WRITTEN);
        cursors[SEEN] = written;
        return taken == written;
    }

    /// Takes the oldest; only after `isEmpty` said no. Reader only.
    int take() {
        long at = cursors[TAKEN];
        int number = slots[(int) at & mask];
        cursors[TAKEN] = at + 1;
        return number;
    }
}
