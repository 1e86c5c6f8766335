package hallows.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.server.util.Scheduler;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.apache.kafka.storage.internals.log.LogDirFailureChannel;
import org.apache.kafka.storage.internals.log.ProducerStateManagerConfig;
import org.apache.kafka.storage.internals.log.UnifiedLog;
import org.apache.kafka.storage.log.metrics.BrokerTopicStats;

/// Kafka's log with a broker's defaults. What a broker would do on other threads is not done.
final class KafkaLogs {
    private static final int EXPIRATION_MILLIS = 86_400_000;
    private static final int CHECK_MILLIS = 600_000;

    private KafkaLogs() {}

    static UnifiedLog create(Path directory) {
        try {
            return UnifiedLog.create(
                    directory.toFile(),
                    new LogConfig(new Properties()),
                    0,
                    0,
                    new Nobody(),
                    new BrokerTopicStats(),
                    Time.SYSTEM,
                    CHECK_MILLIS,
                    new ProducerStateManagerConfig(EXPIRATION_MILLIS, true),
                    CHECK_MILLIS,
                    new LogDirFailureChannel(1),
                    true,
                    Optional.empty());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static final class Nobody implements Scheduler {
        @Override
        public void startup() {}

        @Override
        public void shutdown() {}

        @Override
        public ScheduledFuture<?> schedule(String name, Runnable task, long delay, long period) {
            return new Never();
        }

        @Override
        public void resizeThreadPool(int newSize) {}
    }

    private static final class Never extends CompletableFuture<Void>
            implements ScheduledFuture<Void> {
        @Override
        public long getDelay(TimeUnit unit) {
            return Long.MAX_VALUE;
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(
                    getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }
}
