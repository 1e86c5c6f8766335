package hallows.log;

/// The bytes that one shard has written into one log directory and that are not flushed yet.
///
/// They are counted by who waits for them, not by log: a log's bytes that a round takes along for
/// another reason count until the next one that takes all.
final class DirtyBytes {
    private final FlushLimits limits;
    private long awaited;
    private long unhurried;
    private long underway;

    DirtyBytes(FlushLimits limits) {
        this.limits = limits;
    }

    void wrote(long bytes, Durability durability) {
        switch (durability) {
            case FSYNC -> awaited += bytes;
            case PAGE_CACHE -> unhurried += bytes;
        }
    }

    /// Whether a flush of all is due although nobody waits for it.
    boolean isFlushDue() {
        return unhurried >= limits.writeBackBytes();
    }

    /// Whether the next write waits for a round to end. While it does, a flush of all is due or
    /// some round is underway or awaited.
    boolean mustWait() {
        return awaited + unhurried + underway >= limits.dirtyBytesMax();
    }

    /// A round has begun: over all logs, or over those that somebody waits for.
    void roundBegan(boolean all) {
        underway = awaited;
        awaited = 0;
        if (all) {
            underway += unhurried;
            unhurried = 0;
        }
    }

    /// It has ended, and what it took is durable.
    void roundEnded() {
        underway = 0;
    }
}
