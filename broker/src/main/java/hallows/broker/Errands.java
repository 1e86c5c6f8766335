package hallows.broker;

import hallows.runtime.Seat;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Jobs that a stop waits for, and deeds that it forbids. Lives on its shard.
final class Errands {
    private final Seat seat;
    private int underway;
    private boolean stopping;
    private @Nullable Runnable whenStill;

    Errands(Seat seat) {
        this.seat = seat;
    }

    Seat seat() {
        return seat;
    }

    /// A job that a stop waits for.
    <T> void away(Supplier<T> job, Consumer<T> then) {
        underway++;
        seat.away(job)
                .then(result -> {
                    underway--;
                    then.accept(result);
                    tell();
                });
    }

    /// Unless it is stopped before.
    void later(long millis, Runnable deed) {
        seat.alarm(
                        () -> {
                            if (!stopping) {
                                deed.run();
                            }
                        })
                .setAfterMillis(millis);
    }

    /// Nothing more is done later; `then` runs when no job is underway.
    void stop(Runnable then) {
        stopping = true;
        whenStill = then;
        tell();
    }

    private void tell() {
        Runnable told = whenStill;
        if (told != null && underway == 0) {
            whenStill = null;
            told.run();
        }
    }
}
