package hallows.log;

import hallows.runtime.Check;

/// What the flush rounds of one log directory on one shard keep to.
///
/// @param sideBySideMax threads of one round at most
/// @param writeBackBytes so many bytes that nobody waits for begin a round all the same
/// @param dirtyBytesMax from so many unflushed bytes on, writes wait for the round
public record FlushLimits(int sideBySideMax, long writeBackBytes, long dirtyBytesMax) {
    private static final int SIDE_BY_SIDE_MAX = 8;
    private static final long WRITE_BACK_BYTES_MIN = 8 << 20;
    private static final long DIRTY_BYTES_MIN = 32 << 20;
    private static final int WRITE_BACK_PART = 64;
    private static final int DIRTY_PART = 16;

    /// For a host of so much memory, which so many shards write to.
    ///
    /// Kafka never flushes by itself and leaves write-back to the host, which begins at a tenth of
    /// its memory and at a fifth stops everybody who writes. Here a burst stays in memory as there;
    /// but write-back is begun long before the host begins it, and writes wait for it before the
    /// host stops those of all logs and of everybody else.
    public static FlushLimits of(long memoryBytes, int shards) {
        long share = memoryBytes / shards;
        return new FlushLimits(
                SIDE_BY_SIDE_MAX,
                Math.max(WRITE_BACK_BYTES_MIN, share / WRITE_BACK_PART),
                Math.max(DIRTY_BYTES_MIN, share / DIRTY_PART));
    }

    /// Checks that write-back begins before writes wait for it.
    public FlushLimits {
        Check.that(sideBySideMax >= 1, "a round has a thread", sideBySideMax);
        Check.that(
                0 < writeBackBytes && writeBackBytes <= dirtyBytesMax,
                "write-back begins before writes wait for it",
                writeBackBytes);
    }
}
