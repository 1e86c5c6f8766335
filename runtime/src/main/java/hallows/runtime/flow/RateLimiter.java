package hallows.runtime.flow;

/// Says whether work may begin now. Lives on one shard.
public interface RateLimiter {
    /// The answer of [#nanosUntil] for more permits than are ever granted at once.
    long NEVER = Long.MAX_VALUE;

    /// Takes all of `permits` now, or none of them.
    boolean tryTake(long permits);

    /// When to ask again for `permits`: 0 when they can be taken now, [#NEVER] when they never can.
    /// Whoever asks in between may take them first.
    long nanosUntil(long permits);
}
