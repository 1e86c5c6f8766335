package hallows.bench.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.server.common.RequestLocal;
import org.apache.kafka.server.common.TransactionVersion;
import org.apache.kafka.server.storage.log.FetchIsolation;
import org.apache.kafka.server.util.KafkaScheduler;
import org.apache.kafka.storage.internals.log.AppendOrigin;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.apache.kafka.storage.internals.log.LogDirFailureChannel;
import org.apache.kafka.storage.internals.log.ProducerStateManagerConfig;
import org.apache.kafka.storage.internals.log.UnifiedLog;
import org.apache.kafka.storage.internals.log.VerificationGuard;
import org.apache.kafka.storage.log.metrics.BrokerTopicStats;

/// Kafka's log with a broker's defaults, and a broker's thread for what is done later.
public final class KafkaLog implements AutoCloseable {
    private static final int EXPIRATION_MILLIS = 86_400_000;
    private static final int CHECK_MILLIS = 600_000;
    private static final KafkaScheduler LATER = new KafkaScheduler(1, true, "kafka-log-");

    static {
        LATER.startup();
    }

    private final UnifiedLog log;
    private final RequestLocal local = RequestLocal.withThreadConfinedCaching();
    private MemoryRecords[] records = {};

    /// An empty log with segments so long.
    public KafkaLog(Path directory, int segmentBytes) throws IOException {
        Properties properties = new Properties();
        properties.setProperty(TopicConfig.SEGMENT_BYTES_CONFIG, "" + segmentBytes);
        log =
                UnifiedLog.create(
                        directory.toFile(),
                        new LogConfig(properties),
                        0,
                        0,
                        LATER,
                        new BrokerTopicStats(),
                        Time.SYSTEM,
                        CHECK_MILLIS,
                        new ProducerStateManagerConfig(EXPIRATION_MILLIS, true),
                        CHECK_MILLIS,
                        new LogDirFailureChannel(1),
                        true,
                        Optional.empty());
    }

    /// These batches are the next, as a broker has them after it has read the request.
    public void receive(ByteBuffer[] batches) {
        records =
                Arrays.stream(batches)
                        .map(MemoryRecords::readableRecords)
                        .toArray(MemoryRecords[]::new);
    }

    /// Appends what was received.
    public void append() {
        for (MemoryRecords next : records) {
            log.appendAsLeader(
                    next,
                    0,
                    AppendOrigin.CLIENT,
                    local,
                    VerificationGuard.SENTINEL,
                    TransactionVersion.TV_UNKNOWN);
        }
    }

    /// Readers may read all of it.
    public void show() throws IOException {
        log.updateHighWatermark(log.logEndOffset());
    }

    /// Finds what is at an offset and reads so many bytes of it.
    public void read(long offset, int bytesMax, ByteBuffer into) {
        try {
            if (log.read(offset, bytesMax, FetchIsolation.HIGH_WATERMARK, true).records
                    instanceof FileRecords found) {
                found.readInto(into.clear().limit(found.sizeInBytes()), 0);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Finds the first record that is not older.
    public void find(long timestamp) {
        if (log.fetchOffsetByTimestamp(timestamp, Optional.empty())
                .timestampAndOffsetOpt()
                .isEmpty()) {
            throw new IllegalStateException("there is nothing as young as " + timestamp);
        }
    }

    @Override
    public void close() {
        log.close();
    }
}
