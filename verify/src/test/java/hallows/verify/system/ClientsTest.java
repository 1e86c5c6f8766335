package hallows.verify.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Kafka's Java producer, assigned consumer and admin against the broker under test.
@Timeout(120)
@ExtendWith(Brokers.class)
class ClientsTest {
    private static final int RECORDS = 300;
    private static final long LONG_AGO = 1_600_000_000_000L;

    private static void create(BrokerProcess broker, String topic, int partitions)
            throws ExecutionException, InterruptedException {
        try (Admin admin = Clients.admin(broker)) {
            NewTopic wanted = new NewTopic(topic, partitions, (short) 1);
            admin.createTopics(List.of(wanted)).all().get();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
    void whatIsProducedIsRead(String compression, BrokerProcess broker) throws Exception {
        String topic = "clients-" + compression;
        create(broker, topic, 2);
        Map<String, String> settings = Map.of("compression.type", compression, "linger.ms", "5");
        try (var producer = Clients.producer(broker, settings)) {
            List<Future<RecordMetadata>> acknowledged = new ArrayList<>();
            for (int at = 0; at < RECORDS; at++) {
                acknowledged.add(
                        producer.send(new ProducerRecord<>(topic, at % 2, "k" + at, "v" + at)));
            }
            for (int at = 0; at < RECORDS; at++) {
                assertEquals(at / 2, acknowledged.get(at).get().offset());
            }
        }
        try (var consumer = Clients.consumer(broker)) {
            for (int partition = 0; partition < 2; partition++) {
                int odd = partition;
                assertEquals(
                        IntStream.range(0, RECORDS / 2)
                                .mapToObj(at -> "v" + (2 * at + odd))
                                .toList(),
                        Clients.all(consumer, new TopicPartition(topic, partition)).stream()
                                .map(ConsumerRecord::value)
                                .toList());
            }
        }
    }

    @Test
    void bigRecordsPassAndTooBigOnesAreRefused(BrokerProcess broker) throws Exception {
        create(broker, "clients-big", 1);
        String big = "x".repeat(1_000_000);
        try (var producer = Clients.producer(broker, Map.of("max.request.size", "3000000"))) {
            assertEquals(0, producer.send(new ProducerRecord<>("clients-big", big)).get().offset());
            var refused =
                    assertThrows(
                            ExecutionException.class,
                            () ->
                                    producer.send(new ProducerRecord<>("clients-big", big + big))
                                            .get());
            assertInstanceOf(RecordTooLargeException.class, refused.getCause());
            assertEquals(
                    1, producer.send(new ProducerRecord<>("clients-big", "small")).get().offset());
        }
        try (var consumer = Clients.consumer(broker)) {
            var records = Clients.all(consumer, new TopicPartition("clients-big", 0));
            assertEquals(
                    List.of(big, "small"), records.stream().map(ConsumerRecord::value).toList());
        }
    }

    @Test
    void placesAreFoundByOffsetAndTime(BrokerProcess broker) throws Exception {
        create(broker, "clients-places", 1);
        TopicPartition partition = new TopicPartition("clients-places", 0);
        try (KafkaProducer<String, String> producer = Clients.producer(broker, Map.of())) {
            for (int at = 0; at < 50; at++) {
                var _ =
                        producer.send(
                                new ProducerRecord<>(
                                        "clients-places", 0, LONG_AGO + at * 10L, "k", "v" + at));
            }
        }
        try (KafkaConsumer<String, String> consumer = Clients.consumer(broker)) {
            consumer.assign(List.of(partition));
            assertEquals(Map.of(partition, 50L), consumer.endOffsets(List.of(partition)));
            assertEquals(Map.of(partition, 0L), consumer.beginningOffsets(List.of(partition)));
            OffsetAndTimestamp found =
                    consumer.offsetsForTimes(Map.of(partition, LONG_AGO + 205))
                            .values()
                            .iterator()
                            .next();
            assertEquals(21, found.offset());
            assertEquals(LONG_AGO + 210, found.timestamp());
            consumer.seek(partition, 33);
            ConsumerRecord<String, String> first =
                    consumer.poll(Duration.ofSeconds(30)).iterator().next();
            assertEquals("v33", first.value());
        }
    }

    @Test
    void anAdminMakesShowsAndDeletesTopics(BrokerProcess broker) throws Exception {
        try (Admin admin = Clients.admin(broker)) {
            NewTopic wanted = new NewTopic("clients-admin", 3, (short) 1);
            admin.createTopics(List.of(wanted)).all().get();
            failsWith(TopicExistsException.class, admin.createTopics(List.of(wanted)).all());
            failsWith(
                    InvalidTopicException.class,
                    admin.createTopics(List.of(new NewTopic("no good", 1, (short) 1))).all());
            assertTrue(admin.listTopics().names().get().contains("clients-admin"));
            TopicDescription shown =
                    admin.describeTopics(List.of("clients-admin"))
                            .allTopicNames()
                            .get()
                            .values()
                            .iterator()
                            .next();
            assertEquals(3, shown.partitions().size());
            shown.partitions().forEach(partition -> assertEquals(1, partition.isr().size()));
            admin.deleteTopics(List.of("clients-admin")).all().get();
            Await.until("the topic is gone", () -> !names(admin).contains("clients-admin"));
            failsWith(
                    UnknownTopicOrPartitionException.class,
                    admin.describeTopics(List.of("clients-admin")).allTopicNames());
        }
    }

    @Test
    void anAdminSeesTheCluster(BrokerProcess broker) throws Exception {
        try (Admin admin = Clients.admin(broker)) {
            Node node = admin.describeCluster().nodes().get().iterator().next();
            assertEquals(broker.address().getPort(), node.port());
            assertEquals(node.id(), admin.describeCluster().controller().get().id());
            assertEquals(22, admin.describeCluster().clusterId().get().length());
        }
    }

    private static Set<String> names(Admin admin) {
        try {
            return admin.listTopics().names().get();
        } catch (ExecutionException | InterruptedException failed) {
            throw new AssertionError("topics cannot be listed", failed);
        }
    }

    private static void failsWith(Class<? extends Throwable> type, Future<?> future) {
        assertInstanceOf(type, assertThrows(ExecutionException.class, future::get).getCause());
    }
}
