package hallows.runtime;

/// Threads for work that blocks: opens, cold reads, flushes. Never on a shard.
public interface BlockingThreads {
    /// Runs `job` soon, off every shard. Jobs may overlap and overtake each other.
    void run(Runnable job);
}
