package hallows.log;

import hallows.runtime.Check;

/// What the flush rounds of one log directory on one shard keep to.
///
/// @param sideBySideMax threads of one round at most
/// @param writeBackBytes so many bytes that nobody waits for begin a round all the same
/// @param dirtyBytesMax from so many unflushed bytes on, writes wait for the round
public record FlushLimits(int sideBySideMax, long writeBackBytes, long dirtyBytesMax) {
    /// Kafka never flushes by itself and leaves write-back to the host, which begins at a tenth of
    /// the memory and at a fifth stops everybody who writes: gigabytes, which take a disk of 320
    /// MB/s many seconds. It is begun here after a tenth of a second's worth, and no more than
    /// about a second's is ever outstanding.
    public static final FlushLimits STANDARD = new FlushLimits(8, 32 << 20, 256 << 20);

    /// Checks that write-back begins before writes wait for it.
    public FlushLimits {
        Check.that(sideBySideMax >= 1, "a round has a thread", sideBySideMax);
        Check.that(
                0 < writeBackBytes && writeBackBytes <= dirtyBytesMax,
                "write-back begins before writes wait for it",
                writeBackBytes);
    }
}
