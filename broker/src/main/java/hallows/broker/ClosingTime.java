package hallows.broker;

import hallows.runtime.Promise;
import hallows.runtime.Result;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// The stop in two steps: no shard gives up its logs before all front ends, on whichever shard,
/// have their answers. Any thread.
final class ClosingTime {
    private final AtomicInteger serving;
    private final Queue<Promise<Result.Done>> waiting = new ConcurrentLinkedQueue<>();

    /// @param shards how many have front ends
    ClosingTime(int shards) {
        serving = new AtomicInteger(shards);
    }

    /// The front ends of one shard have ended; `told` is kept when all have.
    void left(Promise<Result.Done> told) {
        waiting.add(told);
        if (serving.decrementAndGet() == 0) {
            for (Promise<Result.Done> one = waiting.poll(); one != null; one = waiting.poll()) {
                one.complete(Result.Done.DONE);
            }
        }
    }
}
