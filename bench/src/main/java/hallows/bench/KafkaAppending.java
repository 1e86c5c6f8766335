package hallows.bench;

import hallows.bench.kafka.KafkaLog;
import java.io.IOException;
import java.nio.file.Path;

/// Kafka's log, which gets records as a broker has them after it has read the request.
final class KafkaAppending implements Appending {
    private final Batches batches;
    private final KafkaLog log;

    KafkaAppending(Path directory, Batches batches) throws IOException {
        this(directory, batches, OurLog.SEGMENT_BYTES);
    }

    /// One with segments so long.
    KafkaAppending(Path directory, Batches batches, int segmentBytes) throws IOException {
        this.batches = batches;
        this.log = new KafkaLog(directory, segmentBytes);
    }

    KafkaLog log() {
        return log;
    }

    @Override
    public void receive() {
        batches.receive();
        log.receive(batches.received());
    }

    @Override
    public void append() {
        log.append();
    }

    @Override
    public void close() {
        log.close();
    }
}
