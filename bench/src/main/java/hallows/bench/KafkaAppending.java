package hallows.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.server.common.RequestLocal;
import org.apache.kafka.server.common.TransactionVersion;
import org.apache.kafka.storage.internals.log.AppendOrigin;
import org.apache.kafka.storage.internals.log.UnifiedLog;
import org.apache.kafka.storage.internals.log.VerificationGuard;

/// Kafka's log, which gets records as a broker has them after it has read the request.
final class KafkaAppending implements Appending {
    private final Batches batches;
    private final UnifiedLog log;
    private final RequestLocal local = RequestLocal.withThreadConfinedCaching();
    private final MemoryRecords[] records = new MemoryRecords[Batches.RECEIVED];

    KafkaAppending(Path directory, Batches batches) {
        this.batches = batches;
        this.log = KafkaLogs.create(directory);
    }

    UnifiedLog log() {
        return log;
    }

    /// Readers may read all of it.
    void show() {
        try {
            log.updateHighWatermark(log.logEndOffset());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void receive() {
        batches.receive();
        for (int i = 0; i < records.length; i++) {
            records[i] = MemoryRecords.readableRecords(batches.received(i));
        }
    }

    @Override
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

    @Override
    public void close() {
        log.close();
    }
}
