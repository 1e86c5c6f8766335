package hallows.verify.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Kafka's own clients as they come, told no more than where the broker is.
final class Clients {
    private static final Duration POLL = Duration.ofMillis(200);

    private Clients() {}

    static Admin admin(BrokerProcess broker) {
        return Admin.create(properties(broker, Map.of()));
    }

    static KafkaProducer<String, String> producer(
            BrokerProcess broker, Map<String, String> settings) {
        return new KafkaProducer<>(
                properties(broker, settings), new StringSerializer(), new StringSerializer());
    }

    static KafkaConsumer<String, String> consumer(BrokerProcess broker) {
        return new KafkaConsumer<>(
                properties(broker, Map.of("auto.offset.reset", "none")),
                new StringDeserializer(),
                new StringDeserializer());
    }

    private static Properties properties(BrokerProcess broker, Map<String, String> settings) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", broker.bootstrap());
        properties.putAll(settings);
        return properties;
    }

    /// All of a partition, from its first offset to the end it has now.
    static List<ConsumerRecord<String, String>> all(
            KafkaConsumer<String, String> consumer, TopicPartition partition) {
        List<TopicPartition> alone = List.of(partition);
        consumer.assign(alone);
        consumer.seekToBeginning(alone);
        long end = consumer.endOffsets(alone).values().iterator().next();
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        Await.until(
                partition + " is read to " + end,
                () -> {
                    if (consumer.position(partition) < end) {
                        consumer.poll(POLL).forEach(records::add);
                    }
                    return consumer.position(partition) >= end;
                });
        return records;
    }
}
