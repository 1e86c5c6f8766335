package hallows.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.server.common.RequestLocal;
import org.apache.kafka.server.storage.log.UnexpectedAppendOffsetException;
import org.apache.kafka.server.util.Scheduler;
import org.apache.kafka.storage.internals.log.AppendOrigin;
import org.apache.kafka.storage.internals.log.LogAppendInfo;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.apache.kafka.storage.internals.log.LogDirFailureChannel;
import org.apache.kafka.storage.internals.log.LogStartOffsetIncrementReason;
import org.apache.kafka.storage.internals.log.ProducerStateEntry;
import org.apache.kafka.storage.internals.log.ProducerStateManagerConfig;
import org.apache.kafka.storage.internals.log.RecordValidationException;
import org.apache.kafka.storage.internals.log.UnifiedLog;
import org.apache.kafka.storage.internals.log.VerificationGuard;
import org.apache.kafka.storage.log.metrics.BrokerTopicStats;
import org.jspecify.annotations.Nullable;

/// Kafka's own log: what ours must agree with.
final class KafkaLog implements AutoCloseable, LogHistory.Appends {
    static final int EXPIRATION_MILLIS = 86_400_000;

    private static final String MISPLACED = "refused " + Errors.OFFSET_OUT_OF_RANGE;

    private final UnifiedLog log;
    private final Time time;

    KafkaLog(Path directory, Properties config, Time time) {
        this(directory, config, time, new Opening.Known(true, 0, 0));
    }

    /// Opens what is in a directory.
    KafkaLog(Path directory, Properties config, Time time, Opening.Known known) {
        this.time = time;
        try {
            log =
                    UnifiedLog.create(
                            directory.toFile(),
                            new LogConfig(config),
                            known.start(),
                            known.recoveryPoint(),
                            new Nobody(),
                            new BrokerTopicStats(),
                            time,
                            900_000,
                            new ProducerStateManagerConfig(EXPIRATION_MILLIS, false),
                            600_000,
                            new LogDirFailureChannel(1),
                            known.clean(),
                            Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    UnifiedLog log() {
        return log;
    }

    /// What Kafka says to an append, in the words of [LogPair].
    @Override
    public String append(MemoryRecords records, Appender appender, int epoch) {
        try {
            return appender.isTrusted()
                    ? replicated(records, epoch)
                    : led(records, appender, epoch);
        } catch (RecordValidationException e) {
            return "refused " + Errors.forException(e.invalidException());
        } catch (RuntimeException e) {
            return "refused " + Errors.forException(e);
        }
    }

    private String led(MemoryRecords records, Appender appender, int epoch) {
        long end = log.logEndOffset();
        LogAppendInfo info =
                log.appendAsLeader(
                        records,
                        epoch,
                        AppendOrigin.valueOf(appender.origin().name()),
                        RequestLocal.noCaching(),
                        VerificationGuard.SENTINEL,
                        (short) appender.transactionVersion());
        return (info.firstOffset() < end ? "duplicate " : "staged ") + offsets(info);
    }

    /// Kafka passes over a batch of an epoch that is still to come.
    private String replicated(MemoryRecords records, int epoch) {
        try {
            LogAppendInfo info = log.appendAsFollower(records, epoch);
            return info.validBytes() == 0 ? MISPLACED : "staged " + offsets(info);
        } catch (UnexpectedAppendOffsetException | IllegalArgumentException e) {
            // An offset that was there before, and an epoch that is none.
            return MISPLACED;
        }
    }

    private static String offsets(LogAppendInfo info) {
        return info.firstOffset() + "-" + info.lastOffset();
    }

    @Override
    public void commit() {}

    void configure(Properties config) {
        log.updateConfig(new LogConfig(config));
    }

    void agreedUpTo(long offset) {
        try {
            log.updateHighWatermark(offset);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void startAt(long offset) {
        log.maybeIncrementLogStartOffset(
                Math.min(offset, log.highWatermark()),
                LogStartOffsetIncrementReason.ClientRecordDeletion);
    }

    void truncate(long offset) {
        log.truncateTo(offset);
        // Where its first open transaction began before, Kafka remembers until it hears of a high
        // watermark or an append.
        agreedUpTo(log.highWatermark());
    }

    void restartAt(long offset) {
        log.truncateFullyAndStartAt(offset, Optional.empty());
        agreedUpTo(log.highWatermark());
    }

    void expire() {
        log.removeExpiredProducers(time.milliseconds());
    }

    /// What is known of a producer.
    @Nullable ProducerStateEntry producer(long id) {
        return log.producerStateManager().lastEntry(id).orElse(null);
    }

    @Override
    public void close() {
        log.close();
    }

    /// Runs nothing: what Kafka does later does not matter here.
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

    /// A task that does not run.
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
