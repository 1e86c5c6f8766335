package hallows.broker;

import hallows.runtime.Lane;
import hallows.runtime.Seat;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a stop waits for, and deeds that it forbids. Lives on its shard.
final class Errands {
    /// More than a disk does side by side only keep others from the threads.
    private static final int SIDE_BY_SIDE_MAX = 8;

    private final Seat seat;
    private final Lane lane;
    private int underway;
    private boolean stopping;
    private @Nullable Runnable whenStill;

    Errands(Seat seat) {
        this.seat = seat;
        this.lane = new Lane(seat, SIDE_BY_SIDE_MAX);
    }

    Seat seat() {
        return seat;
    }

    /// A job that a stop waits for.
    <T> void away(Supplier<T> job, Consumer<T> then) {
        begin();
        lane.away(
                job,
                result -> {
                    then.accept(result);
                    end();
                });
    }

    /// Something is underway that takes more than a job, until [#end].
    void begin() {
        underway++;
    }

    /// It is not any more.
    void end() {
        underway--;
        tell();
    }

    /// Whether a stop waits.
    boolean isStopping() {
        return stopping;
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

    /// Nothing more is done later; `then` runs when nothing is underway.
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
