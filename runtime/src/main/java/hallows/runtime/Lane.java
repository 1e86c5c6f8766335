package hallows.runtime;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Jobs of one kind that block, not too many of them side by side: the others wait here, in their
/// order. So the jobs of a kind can be as many as there is memory for, and each of the other kinds
/// still finds a thread soon.
///
/// Lives on its shard.
public final class Lane {
    private final Seat seat;
    private final int sideBySideMax;
    private final ArrayDeque<Waiting<?>> waiting = new ArrayDeque<>();
    private int underway;

    /// @param sideBySideMax how many are away at once
    public Lane(Seat seat, int sideBySideMax) {
        Check.that(sideBySideMax >= 1, "a lane lets one through", sideBySideMax);
        this.seat = seat;
        this.sideBySideMax = sideBySideMax;
    }

    /// One that waits until others have run.
    private record Waiting<T>(Supplier<T> job, Consumer<? super T> then) {}

    /// Runs a job away from the shard, now or when others have run; `then` here, with its result. A
    /// job that throws fails the component.
    public <T> void away(Supplier<T> job, Consumer<? super T> then) {
        if (underway < sideBySideMax) {
            begin(new Waiting<>(job, then));
        } else {
            waiting.addLast(new Waiting<>(job, then));
        }
    }

    private <T> void begin(Waiting<T> next) {
        underway++;
        seat.away(next.job).then(result -> ended(next, result));
    }

    /// Who waits goes before what the reaction brings.
    private <T> void ended(Waiting<T> job, T result) {
        underway--;
        Waiting<?> next = waiting.pollFirst();
        if (next != null) {
            begin(next);
        }
        job.then.accept(result);
    }
}
