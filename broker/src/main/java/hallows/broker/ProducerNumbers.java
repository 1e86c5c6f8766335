package hallows.broker;

import hallows.runtime.Fault;
import hallows.runtime.Promise;
import hallows.runtime.Result;
import hallows.runtime.Seat;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/// Numbers for producers, out of a block that the controller gave to this shard. Lives on its
/// shard.
final class ProducerNumbers {
    private final Seat seat;
    private final Petitions petitions;
    private final ArrayDeque<Consumer<Result<Long>>> waiting = new ArrayDeque<>();
    private long next;
    private long end;
    private boolean asking;

    ProducerNumbers(Seat seat, Petitions petitions) {
        this.seat = seat;
        this.petitions = petitions;
    }

    /// The next one, at once or when the controller has given some.
    void next(Consumer<Result<Long>> then) {
        if (next < end) {
            then.accept(new Result.Ok<>(next++));
        } else {
            waiting.addLast(then);
            ask();
        }
    }

    private void ask() {
        if (asking) {
            return;
        }
        asking = true;
        Promise<Result<Petitions.ProducerIds>> promise = seat.promise();
        promise.then(this::given);
        petitions.producerIds(promise::complete);
    }

    private void given(Result<Petitions.ProducerIds> answer) {
        asking = false;
        switch (answer) {
            case Result.Ok<Petitions.ProducerIds>(Petitions.ProducerIds(long first, int count)) -> {
                next = first;
                end = first + count;
                serve();
            }
            case Result.Failed<Petitions.ProducerIds>(Fault fault) -> {
                for (int i = waiting.size(); i > 0; i--) {
                    waiting.removeFirst().accept(new Result.Failed<>(fault));
                }
            }
        }
    }

    private void serve() {
        while (next < end && !waiting.isEmpty()) {
            waiting.removeFirst().accept(new Result.Ok<>(next++));
        }
        if (!waiting.isEmpty()) {
            ask();
        }
    }
}
