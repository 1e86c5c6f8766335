package hallows.bench.kafka;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Kafka's own consumer as it comes, of one partition, in no group.
public final class StockConsumer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;

    /// Reads from the beginning.
    public StockConsumer(InetSocketAddress broker, String topic) {
        consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                broker.getHostString() + ":" + broker.getPort(),
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                false,
                                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                                false),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        consumer.assign(List.of(new TopicPartition(topic, 0)));
        rewind();
    }

    /// From the beginning again.
    public void rewind() {
        consumer.seekToBeginning(consumer.assignment());
    }

    /// Waits a while for something.
    ///
    /// @param receiver is given the value of each record that has come
    public void poll(Consumer<byte[]> receiver) {
        for (ConsumerRecord<byte[], byte[]> one : consumer.poll(PATIENCE)) {
            receiver.accept(one.value());
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
