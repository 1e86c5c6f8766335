package hallows.bench.kafka;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// Kafka's own producer as it comes, of records without keys; one that is not kept ends the
/// measurement.
public final class StockProducer implements AutoCloseable {
    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable Exception> refusal = new AtomicReference<>();

    /// Everything but how long it waits for more is left as it is: acknowledged by all, idempotent,
    /// batches of 16 KB.
    public StockProducer(InetSocketAddress broker, String topic, int lingerMillis) {
        this.topic = topic;
        this.producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                broker.getHostString() + ":" + broker.getPort(),
                                ProducerConfig.LINGER_MS_CONFIG,
                                lingerMillis),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    /// Sends one and waits until it is acknowledged.
    public void sendAndWait(byte[] value) {
        try {
            RecordMetadata _ = producer.send(new ProducerRecord<>(topic, value)).get();
        } catch (ExecutionException refused) {
            throw new IllegalStateException("the broker refuses", refused);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /// Sends one; waits only for room.
    ///
    /// @param acknowledged runs on the producer's own thread
    public void send(byte[] value, Runnable acknowledged) {
        Future<RecordMetadata> _ =
                producer.send(
                        new ProducerRecord<>(topic, value),
                        (_, failure) -> {
                            if (failure == null) {
                                acknowledged.run();
                            } else {
                                refusal.set(failure);
                            }
                        });
    }

    /// Waits until all are acknowledged, and what they run has run.
    public void flush() {
        producer.flush();
        Exception refused = refusal.get();
        if (refused != null) {
            throw new IllegalStateException("the broker refuses", refused);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
