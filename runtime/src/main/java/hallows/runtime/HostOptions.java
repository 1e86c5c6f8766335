package hallows.runtime;

import java.util.function.Consumer;

/// What a host is given.
///
/// @param shards how many cores
/// @param memoryBytes native memory for all applications together
/// @param slabBytes the unit in which it is lent to shards; a power of two
/// @param spinMicros how long an idle core looks for work before it sleeps
/// @param pinned whether shard n is held to the host's processor n
/// @param reporter is told of state changes, on the shard where they happen
public record HostOptions(
        int shards,
        long memoryBytes,
        int slabBytes,
        int spinMicros,
        boolean pinned,
        Consumer<Report> reporter) {
    /// How many errands from outside a shard holds before it blocks those who bring them.
    static final int INBOX_CAPACITY = 1024;

    /// How many unowned jobs wait at most.
    static final int UNOWNED_CAPACITY = 4096;

    /// Checks the limits.
    public HostOptions {
        if (shards < 1 || shards > 1024) {
            throw new IllegalArgumentException("a host has 1 to 1024 shards, not " + shards);
        }
    }

    /// So many cores, 64 MiB, reports on the standard error stream.
    public static HostOptions shards(int shards) {
        return new HostOptions(shards, 64 << 20, 1 << 20, 20, false, System.err::println);
    }

    /// The same with so much native memory, in slabs of so many bytes.
    public HostOptions memory(long bytes, int slab) {
        return new HostOptions(shards, bytes, slab, spinMicros, pinned, reporter);
    }

    /// The same with so long a spin.
    public HostOptions spinning(int micros) {
        return new HostOptions(shards, memoryBytes, slabBytes, micros, pinned, reporter);
    }

    /// The same with threads held to processors.
    public HostOptions pinnedToProcessors() {
        return new HostOptions(shards, memoryBytes, slabBytes, spinMicros, true, reporter);
    }

    /// The same with reports told to somebody else.
    public HostOptions reporting(Consumer<Report> to) {
        return new HostOptions(shards, memoryBytes, slabBytes, spinMicros, pinned, to);
    }
}
