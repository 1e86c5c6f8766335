package hallows.log;

import java.util.concurrent.ScheduledFuture;
import org.apache.kafka.server.util.Scheduler;

/// Does now, and once, what Kafka would do soon.
final class AtOnce implements Scheduler {
    @Override
    public void startup() {}

    @Override
    public void shutdown() {}

    @Override
    @SuppressWarnings("NullAway") // Kafka does not look at it.
    public ScheduledFuture<?> schedule(String name, Runnable task, long delayMs, long periodMs) {
        task.run();
        return null;
    }

    @Override
    public void resizeThreadPool(int size) {}
}
