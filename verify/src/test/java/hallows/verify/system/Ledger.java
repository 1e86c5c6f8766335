package hallows.verify.system;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/// What brokers have acknowledged: which value lies at which offset. Every value is another.
final class Ledger {
    private final Map<TopicPartition, Map<Long, String>> acknowledged = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    /// How many records are acknowledged.
    int count() {
        return count.get();
    }

    /// Sends a value, which is in the book as soon as it is acknowledged.
    void send(KafkaProducer<String, String> producer, TopicPartition to, String value) {
        var _ =
                producer.send(
                        new ProducerRecord<>(to.topic(), to.partition(), null, value),
                        (where, failure) -> {
                            if (failure == null) {
                                book(to).put(where.offset(), value);
                                count.incrementAndGet();
                            }
                        });
    }

    private Map<Long, String> book(TopicPartition partition) {
        return acknowledged.computeIfAbsent(partition, _ -> new ConcurrentSkipListMap<>());
    }

    /// What a broker has lost, moved or doubled.
    ///
    /// @param once whether no value may be there twice, acknowledged or not
    List<String> faults(BrokerProcess broker, boolean once) {
        List<String> faults = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = Clients.consumer(broker)) {
            acknowledged.forEach((partition, book) -> {
                Map<Long, String> found = new TreeMap<>();
                Set<String> values = new HashSet<>();
                for (ConsumerRecord<String, String> record : Clients.all(consumer, partition)) {
                    found.put(record.offset(), record.value());
                    if (!values.add(record.value()) && once) {
                        faults.add(partition + " has twice: " + record.value());
                    }
                }
                book.forEach((offset, value) -> {
                    if (!value.equals(found.get(offset))) {
                        faults.add(
                                "%s acknowledged %s at %d and has %s there"
                                        .formatted(partition, value, offset, found.get(offset)));
                    }
                });
            });
        }
        return faults;
    }

    /// How many records a broker has beyond what it acknowledged.
    long surplus(BrokerProcess broker) {
        try (KafkaConsumer<String, String> consumer = Clients.consumer(broker)) {
            return consumer.endOffsets(acknowledged.keySet()).values().stream()
                            .mapToLong(Long::longValue)
                            .sum()
                    - count();
        }
    }
}
