package hallows.broker;

import hallows.runtime.Alarm;
import hallows.runtime.Fault;
import hallows.runtime.Promise;
import hallows.runtime.Result;
import hallows.runtime.Seat;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Numbers for producers, out of a block that the controller gave to this shard. Lives on its
/// shard.
final class ProducerNumbers {
    private static final long PATIENCE_MILLIS = 5_000;

    private final Seat seat;
    private final Petitions petitions;
    private final ArrayDeque<Consumer<Result<Long>>> waiting = new ArrayDeque<>();
    private long next;
    private long end;

    /// The question that is underway.
    private @Nullable Promise<Result<Petitions.ProducerIds>> asked;

    /// Rings when nobody waits for its answer any more.
    private final Alarm deadline;

    ProducerNumbers(Seat seat, Petitions petitions) {
        this.seat = seat;
        this.petitions = petitions;
        this.deadline = seat.alarm(this::unanswered);
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
        if (asked != null) {
            return;
        }
        Promise<Result<Petitions.ProducerIds>> promise = seat.promise();
        asked = promise;
        deadline.setAfterMillis(PATIENCE_MILLIS);
        promise.then(answer -> given(promise, answer));
        petitions.producerIds(promise::complete);
    }

    private void unanswered() {
        asked = null;
        fail(
                new Fault(
                        Fault.Kind.UNREACHABLE,
                        "the controller gave no producer ids for %d ms"
                                .formatted(PATIENCE_MILLIS)));
    }

    /// Numbers that come late are as good, if others have not come meanwhile.
    private void given(
            Promise<Result<Petitions.ProducerIds>> question, Result<Petitions.ProducerIds> answer) {
        boolean awaited = question.equals(asked);
        if (awaited) {
            asked = null;
            deadline.cancel();
        }
        switch (answer) {
            case Result.Ok<Petitions.ProducerIds>(Petitions.ProducerIds(long first, int count))
                    when next == end -> {
                next = first;
                end = first + count;
                serve();
            }
            case Result.Failed<Petitions.ProducerIds>(Fault fault) when awaited -> fail(fault);
            case Result.Ok<Petitions.ProducerIds> _, Result.Failed<Petitions.ProducerIds> _ -> {}
        }
    }

    private void fail(Fault why) {
        for (int i = waiting.size(); i > 0; i--) {
            waiting.removeFirst().accept(new Result.Failed<>(why));
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
