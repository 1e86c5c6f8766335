package hallows.runtime;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The only door outside. Everything a shard cannot compute comes through here, so that a seeded
/// stand-in can take its place.
public interface World {
    /// The time.
    Clock clock();

    /// Chance for one purpose; the same purpose in the same simulated world throws the same
    /// numbers.
    Dice dice(String purpose);

    /// The files.
    Disk disk();

    /// The sockets.
    Network network();

    /// Threads for work that blocks, away from the shards.
    BlockingThreads blocking();

    /// Threads that do nothing but flush: who waits for a flush waits for the disk, and never for
    /// what others wanted of it.
    BlockingThreads flushing();

    /// The cores, each to be driven by a thread of its own.
    Core core(CoreOptions options);

    /// Reserves native memory whose untouched pages cost nothing where the host can do that;
    /// zeroed; freed when the arena closes.
    MemorySegment reserve(long bytes, Arena arena);
}
