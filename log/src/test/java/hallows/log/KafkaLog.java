package hallows.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.OffsetOutOfRangeException;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.server.common.RequestLocal;
import org.apache.kafka.server.common.TransactionVersion;
import org.apache.kafka.server.storage.log.FetchIsolation;
import org.apache.kafka.server.util.Scheduler;
import org.apache.kafka.storage.internals.log.AppendOrigin;
import org.apache.kafka.storage.internals.log.FetchDataInfo;
import org.apache.kafka.storage.internals.log.LogAppendInfo;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.apache.kafka.storage.internals.log.LogDirFailureChannel;
import org.apache.kafka.storage.internals.log.ProducerStateManagerConfig;
import org.apache.kafka.storage.internals.log.RecordValidationException;
import org.apache.kafka.storage.internals.log.UnifiedLog;
import org.apache.kafka.storage.internals.log.VerificationGuard;
import org.apache.kafka.storage.log.metrics.BrokerTopicStats;
import org.jspecify.annotations.Nullable;

/// Kafka's own log: what ours must agree with.
final class KafkaLog implements AutoCloseable, LogHistory.Appends {
    static final short MARKER_RULES = 1;
    static final int EXPIRATION_MILLIS = 86_400_000;

    private final UnifiedLog log;

    KafkaLog(Path directory, Properties config, Time time) {
        this(directory, config, time, new Opening.Known(true, 0, 0));
    }

    /// Opens what is in a directory.
    KafkaLog(Path directory, Properties config, Time time, Opening.Known known) {
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
    public String append(MemoryRecords records, boolean client, int epoch) {
        try {
            AppendOrigin origin = client ? AppendOrigin.CLIENT : AppendOrigin.COORDINATOR;
            long end = log.logEndOffset();
            LogAppendInfo info =
                    log.appendAsLeader(
                            records,
                            epoch,
                            origin,
                            RequestLocal.noCaching(),
                            VerificationGuard.SENTINEL,
                            client ? TransactionVersion.TV_UNKNOWN : MARKER_RULES);
            return (info.firstOffset() < end ? "duplicate " : "staged ")
                    + info.firstOffset()
                    + "-"
                    + info.lastOffset();
        } catch (RecordValidationException e) {
            return "refused " + Errors.forException(e.invalidException());
        } catch (RuntimeException e) {
            return "refused " + Errors.forException(e);
        }
    }

    @Override
    public void commit() {}

    /// What Kafka reads below the high watermark; null when the offset is not in the log.
    @Nullable ByteBuffer read(Lookup.Question asked) throws IOException {
        try {
            FetchDataInfo data =
                    log.read(
                            asked.offset(),
                            asked.bytesMax(),
                            FetchIsolation.HIGH_WATERMARK,
                            asked.oneAtLeast());
            ByteBuffer bytes = ByteBuffer.allocate(data.records.sizeInBytes());
            if (data.records instanceof FileRecords file) {
                file.readInto(bytes, 0);
            }
            return bytes.rewind();
        } catch (OffsetOutOfRangeException e) {
            return null;
        }
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
