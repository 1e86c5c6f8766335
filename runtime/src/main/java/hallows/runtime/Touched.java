package hallows.runtime;

import java.lang.invoke.VarHandle;

/// The shards that got mail in this cycle: one fence and one look for each, not for each message.
final class Touched {
    private final Host host;
    private final boolean[] marked;
    private final int[] list;
    private int size;

    Touched(Host host) {
        this.host = host;
        int shards = host.options().shards();
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
            Shard shard = host.shard(list[i]);
            if (shard.isAsleep()) {
                shard.core().wake();
            }
        }
        size = 0;
    }
}
