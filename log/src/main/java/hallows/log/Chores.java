package hallows.log;

import hallows.runtime.Result;
import hallows.runtime.Seat;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/// Runs the chores of a shard's logs in blocking jobs, not too many side by side: ten thousand logs
/// may roll at once.
///
/// Lives on its shard.
final class Chores {
    /// More than the disk does side by side only fill the queue in which flushes wait too.
    private static final int UNDERWAY_MAX = 16;

    private final Seat seat;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private int underway;

    Chores(Seat seat) {
        this.seat = seat;
    }

    /// One that waits until others have run.
    private record Waiting(Chore chore, Consumer<Result<Result.Done>> then) {}

    /// Runs one, now or when others have run; `then` with what came of it.
    void run(Chore chore, Consumer<Result<Result.Done>> then) {
        if (underway == UNDERWAY_MAX) {
            waiting.addLast(new Waiting(chore, then));
            return;
        }
        underway++;
        seat.away(chore::run)
                .then(result -> {
                    underway--;
                    then.accept(result);
                    next();
                });
    }

    private void next() {
        Waiting first = waiting.pollFirst();
        if (first != null) {
            run(first.chore, first.then);
        }
    }
}
