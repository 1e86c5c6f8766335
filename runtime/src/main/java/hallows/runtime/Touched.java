package hallows.runtime;

import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.function.IntFunction;

/// Whom this shard wrote to: what it wrote is shown at the end of each turn, and who sleeps beside
/// it is woken at the end of the cycle. One fence and one look for each, not for each message.
final class Touched {
    private final IntFunction<Sleep> sleeps;
    private Ring[] hidden = new Ring[16];
    private int hiding;
    private final boolean[] marked;
    private final int[] readers;
    private int size;

    /// For so many shards; `sleeps` knows how each sleeps.
    Touched(int shards, IntFunction<Sleep> sleeps) {
        this.sleeps = sleeps;
        marked = new boolean[shards];
        readers = new int[shards];
    }

    /// Something was put into a ring that `reader` reads.
    void add(Ring ring, int reader) {
        if (ring.enlist()) {
            list(ring, reader);
        }
    }

    private void list(Ring ring, int reader) {
        if (hiding == hidden.length) {
            hidden = Arrays.copyOf(hidden, hiding * 2);
        }
        hidden[hiding++] = ring;
        if (!marked[reader]) {
            marked[reader] = true;
            readers[size++] = reader;
        }
    }

    void show() {
        for (int i = 0; i < hiding; i++) {
            hidden[i].show();
        }
        hiding = 0;
    }

    void wakeThem() {
        show();
        if (size == 0) {
            return;
        }
        VarHandle.fullFence();
        for (int i = 0; i < size; i++) {
            marked[readers[i]] = false;
            sleeps.apply(readers[i]).wakeIfAnnounced();
        }
        size = 0;
    }
}
