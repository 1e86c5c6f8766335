package hallows.runtime;

import java.lang.invoke.VarHandle;
import java.util.function.IntFunction;

/// The shards that got mail in this cycle: one fence and one look for each, not for each message.
final class Touched {
    private final IntFunction<Sleep> sleeps;
    private final boolean[] marked;
    private final int[] list;
    private int size;

    /// For so many shards; `sleeps` knows how each sleeps.
    Touched(int shards, IntFunction<Sleep> sleeps) {
        this.sleeps = sleeps;
        marked = new boolean[shards];
        list = new int[shards];
    }

    void add(int shard) {
        if (!marked[shard]) {
            marked[shard] = true;
            list[size++] = shard;
        }
    }

    void wakeThem() {
        if (size == 0) {
            return;
        }
        VarHandle.fullFence();
        for (int i = 0; i < size; i++) {
            marked[list[i]] = false;
            sleeps.apply(list[i]).wakeIfAnnounced();
        }
        size = 0;
    }
}
