package hallows.runtime;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A job that blocks, on its way from its shard to a blocking thread and home again with what came
/// of it. One that throws fails the component that sent it.
///
/// @param <T> what it brings
final class Errand<T> extends Homing implements Runnable {
    private final Tenure tenure;
    private final Sleep sleep;
    private final Supplier<T> job;
    private final boolean isQuick;
    private final Promise<T> promise;
    private @Nullable T brought;
    private @Nullable Throwable failure;

    /// @param sleep of its shard
    /// @param isQuick whether it needs a processor rather than a disk
    Errand(Tenure tenure, Sleep sleep, Supplier<T> job, boolean isQuick) {
        this.tenure = tenure;
        this.sleep = sleep;
        this.job = job;
        this.isQuick = isQuick;
        this.promise = new Promise<>(tenure);
    }

    /// Sends it off; its answer is for whoever sent it.
    Promise<T> by(BlockingThreads threads) {
        threads.run(this);
        sleep.awaits(isQuick ? 1 : 0);
        return promise;
    }

    /// On a blocking thread.
    @Override
    public void run() {
        try {
            brought = job.get();
        } catch (Throwable thrown) {
            failure = thrown;
        }
        tenure.home().welcome(this);
    }

    @Override
    @SuppressWarnings("NullAway") // what a job brings may be null where its type says so
    protected void arrived() {
        sleep.awaits(isQuick ? -1 : 0);
        switch (failure) {
            case null -> promise.complete(brought);
            case Error broken -> throw broken;
            case Throwable thrown -> tenure.fail(thrown);
        }
    }
}
