package hallows.verify.system;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// Produces one record after the other and reads each before the next, whatever others do to the
/// broker.
final class GoodCitizen {
    private static final int ROUNDS_TO_SEE = 10;
    private static final TopicPartition PLACE = new TopicPartition("good-citizen", 0);

    private final BrokerProcess broker;
    private final AtomicInteger rounds = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> harm = new AtomicReference<>();
    private final Thread thread;
    private volatile boolean content;

    /// Begins its rounds; its topic is there.
    GoodCitizen(BrokerProcess broker) {
        this.broker = broker;
        this.thread = Thread.ofPlatform().name("good-citizen").start(this::live);
    }

    static String topic() {
        return PLACE.topic();
    }

    private void live() {
        try (KafkaProducer<String, String> producer = Clients.producer(broker, Map.of());
                KafkaConsumer<String, String> consumer = Clients.consumer(broker)) {
            consumer.assign(List.of(PLACE));
            consumer.seek(PLACE, 0);
            while (!content) {
                round(producer, consumer);
            }
        } catch (Exception | AssertionError harmed) {
            harm.set(harmed);
        }
    }

    private void round(
            KafkaProducer<String, String> producer, KafkaConsumer<String, String> consumer)
            throws Exception {
        String value = "round " + rounds.get();
        producer.send(new ProducerRecord<>(PLACE.topic(), 0, null, value)).get();
        List<ConsumerRecord<String, String>> read = List.of();
        while (read.isEmpty()) {
            read = consumer.poll(Duration.ofSeconds(30)).records(PLACE);
        }
        if (read.size() != 1 || !read.getFirst().value().equals(value)) {
            throw new AssertionError("produced " + value + " and read " + read);
        }
        rounds.incrementAndGet();
    }

    /// Returns when it has gone on unharmed for some rounds.
    void goesOn() {
        int from = rounds.get();
        Await.until(
                "others can produce and read",
                () -> rounds.get() >= from + ROUNDS_TO_SEE || harm.get() != null);
        if (harm.get() != null) {
            throw broker.failure("harmed somebody who did nothing wrong", harm.get());
        }
    }

    /// Ends its rounds.
    void retire() throws InterruptedException {
        content = true;
        thread.join();
    }
}
