package hallows.bench.floor;

import hallows.bench.Processor;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/// Threads of this program that are held to processors.
final class Held {
    private Held() {}

    /// The same work on all of them at a time; what each has found.
    static <T> List<T> on(Callable<T> work, String... processors) {
        List<FutureTask<T>> begun =
                Stream.of(processors).map(processor -> begin(work, processor)).toList();
        return begun.stream().map(Held::result).toList();
    }

    private static <T> FutureTask<T> begin(Callable<T> work, String processor) {
        FutureTask<T> task = new FutureTask<>(work);
        Processor.threads(Integer.parseInt(processor)).newThread(task).start();
        return task;
    }

    private static <T> T result(FutureTask<T> task) {
        try {
            return task.get();
        } catch (ExecutionException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
