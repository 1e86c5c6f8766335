package hallows.runtime;

/// How a shard is given its core.
///
/// @param index the shard's number, from 0
/// @param name what its thread is called
/// @param pinnedCpu the host's processor its thread is held to, or -1 for none
/// @param spinMicros how long it looks for work before it sleeps; at most 50
public record CoreOptions(int index, String name, int pinnedCpu, int spinMicros) {
    /// The longest spin: beyond it a flusher on the same processor waits for milliseconds.
    public static final int SPIN_MICROS_MAX = 50;

    /// Checks the limits.
    public CoreOptions {
        if (spinMicros < 0 || spinMicros > SPIN_MICROS_MAX) {
            throw new IllegalArgumentException(
                    "spinMicros must be 0 to " + SPIN_MICROS_MAX + ", not " + spinMicros);
        }
    }
}
