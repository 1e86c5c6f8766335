package hallows.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Numbers from one shard to one other, first in, first out.
///
/// It is never full: what circulates on a ring is the stock of one mailbox, and the ring has room
/// for all of it. So the writer need not look at the reader, and the two share one cursor only. The
/// writer moves it for many numbers at once, because each move takes the cursor's line away from
/// the reader, and each look of the reader takes it back.
final class Ring {
    private static final VarHandle CURSORS = MethodHandles.arrayElementVarHandle(long[].class);

    /// After so many a writer shows what it has put in by itself; a power of two.
    private static final int SHOWN_TOGETHER = 64;

    // 128 bytes apart, because processors fetch lines in pairs.
    private static final int SHOWN = 16;
    private static final int SEEN = 32;
    private static final int TAKEN = 33;
    private static final int WRITTEN = 48;
    private static final int ENLISTED = 49;
    private static final int LENGTH = 64;

    private final int[] slots;
    private final int mask;
    private final long[] cursors = new long[LENGTH];

    Ring(int capacity) {
        Check.that(
                Integer.bitCount(capacity) == 1, "a ring's capacity is a power of two", capacity);
        slots = new int[capacity];
        mask = capacity - 1;
    }

    /// Puts a number in, for [#show] to show. Writer only.
    void put(int number) {
        long at = cursors[WRITTEN];
        slots[(int) at & mask] = number;
        cursors[WRITTEN] = at + 1;
        if ((at & (SHOWN_TOGETHER - 1)) == SHOWN_TOGETHER - 1) {
            CURSORS.setRelease(cursors, SHOWN, at + 1);
        }
    }

    /// Whether this is the first call since the last [#show]: who writes remembers whom to show.
    /// Writer only.
    boolean enlist() {
        boolean first = cursors[ENLISTED] == 0;
        cursors[ENLISTED] = 1;
        return first;
    }

    /// Lets the reader see all that was put in. Writer only.
    void show() {
        cursors[ENLISTED] = 0;
        CURSORS.setRelease(cursors, SHOWN, cursors[WRITTEN]);
    }

    /// Whether there is none to take. Reader only.
    boolean isEmpty() {
        long taken = cursors[TAKEN];
        if (taken != cursors[SEEN]) {
            return false;
        }
        long shown = (long) CURSORS.getAcquire(cursors, SHOWN);
        cursors[SEEN] = shown;
        return taken == shown;
    }

    /// Takes the oldest; only after `isEmpty` said no. Reader only.
    int take() {
        long at = cursors[TAKEN];
        int number = slots[(int) at & mask];
        cursors[TAKEN] = at + 1;
        return number;
    }
}
