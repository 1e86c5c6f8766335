package hallows.bench;

/// How a message gets from one thread to another.
public enum Via {
    /// A channel between two shards.
    HALLOWS,
    /// A ring whose consumer spins.
    DISRUPTOR,
    /// A task for another event loop.
    NETTY,
    /// A queue of the JDK.
    QUEUE,
    /// A message to an actor.
    PEKKO;

    Hop open() {
        return switch (this) {
            case HALLOWS -> new HallowsHop();
            case DISRUPTOR -> new DisruptorHop();
            case NETTY -> new NettyHop();
            case QUEUE -> new QueueHop();
            case PEKKO -> new PekkoHop();
        };
    }
}
