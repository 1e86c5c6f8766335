package hallows.broker;

/// How much a broker has underway at most.
///
/// @param memoryBytes of native memory, for all its shards
/// @param calls messages from one shard to another, of each kind; a power of two
/// @param waiting partitions that readers wait for on one shard, each counted for each reader
record Capacity(long memoryBytes, int calls, int waiting) {
    private static final int CALLS = 1024;

    /// Each costs some 200 bytes of heap.
    private static final int WAITING = 1 << 19;

    /// What is enough for all that clients do who mean well.
    static Capacity usual(long memoryBytes) {
        return new Capacity(memoryBytes, CALLS, WAITING);
    }
}
