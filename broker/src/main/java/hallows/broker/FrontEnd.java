package hallows.broker;

import hallows.runtime.Seat;

/// What speaks with clients on one shard, in a language of its own.
public interface FrontEnd {
    /// Begins to take clients.
    void start();

    /// Takes in nothing more; `then` runs when all that was taken in is answered.
    void stop(Runnable then);

    /// Releases what it still owns.
    void close();

    /// Makes one for each shard.
    @FunctionalInterface
    interface Factory {
        /// For the component that sits on `seat`.
        FrontEnd open(Seat seat, Broker broker);
    }
}
