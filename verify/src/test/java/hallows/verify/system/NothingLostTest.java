package hallows.verify.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` under load, again and again: what was acknowledged is where it was acknowledged.
/// `-Dhallows.kills=30` says how often.
@Timeout(1800)
class NothingLostTest {
    private static final int KILLS = Integer.getInteger("hallows.kills", 4);
    private static final int RECORDS_A_LIFE = 3000;
    private static final int PARTITIONS = 3;

    /// One kind of producer, with a topic of its own.
    ///
    /// @param once whether nothing may be there twice, acknowledged or not
    private record Load(String topic, Map<String, String> settings, boolean once, Ledger ledger) {}

    private static final Map<String, String> SETTINGS = settings();

    @TempDir private Path home = Path.of("unset");

    /// A producer that numbers its batches, and one that does not and may send them twice.
    private final List<Load> loads =
            List.of(
                    new Load(
                            "idempotent", Map.of("enable.idempotence", "true"), true, new Ledger()),
                    new Load(
                            "plain",
                            Map.of("enable.idempotence", "false", "acks", "all"),
                            false,
                            new Ledger()));

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(Brokers.SETTINGS);
        // Kafka's controller refuses who was killed for as long.
        settings.put("broker.session.timeout.ms", "3000");
        settings.put("broker.heartbeat.interval.ms", "500");
        return settings;
    }

    @Test
    void whatWasAcknowledgedIsThereOnceAndInItsPlace() throws Exception {
        try (BrokerProcess broker = start()) {
            try (Admin admin = Clients.admin(broker)) {
                for (Load load : loads) {
                    NewTopic topic = new NewTopic(load.topic(), PARTITIONS, (short) 1);
                    admin.createTopics(List.of(topic)).all().get();
                }
            }
            broker.stop();
        }
        for (int life = 0; life < KILLS; life++) {
            live(life);
        }
        try (BrokerProcess broker = start()) {
            holdsAll(broker);
            broker.stop();
        }
    }

    private BrokerProcess start() {
        return Brokers.UNDER_TEST.start(home.resolve("data"), SETTINGS);
    }

    private void live(int life) throws InterruptedException {
        try (BrokerProcess broker = start()) {
            holdsAll(broker);
            AtomicBoolean enough = new AtomicBoolean();
            List<Thread> producing =
                    loads.stream()
                            .map(load ->
                                    Thread.ofVirtual()
                                            .start(() -> produce(broker, load, life, enough)))
                            .toList();
            int before = acknowledged();
            Await.until(
                    "enough is acknowledged",
                    () -> acknowledged() - before >= RECORDS_A_LIFE || !broker.isAlive());
            assertTrue(
                    broker.isAlive(),
                    () -> broker.failure("does not end by itself", null).getMessage());
            broker.kill();
            enough.set(true);
            for (Thread thread : producing) {
                thread.join();
            }
        }
    }

    /// Sends until it is told to stop; what is on its way then is nobody's any more.
    private void produce(BrokerProcess broker, Load load, int life, AtomicBoolean enough) {
        Map<String, String> settings = new HashMap<>(load.settings());
        settings.put("max.block.ms", "1000");
        var producer = Clients.producer(broker, settings);
        try {
            for (long at = 0; !enough.get(); at++) {
                TopicPartition to = new TopicPartition(load.topic(), (int) (at % PARTITIONS));
                load.ledger().send(producer, to, "%d %08d".formatted(life, at));
            }
        } catch (KafkaException gone) {
            assertTrue(enough.get() || !broker.isAlive(), gone::toString);
        } finally {
            producer.close(Duration.ZERO);
        }
    }

    private int acknowledged() {
        return loads.stream().mapToInt(load -> load.ledger().count()).sum();
    }

    private void holdsAll(BrokerProcess broker) {
        loads.forEach(load ->
                assertEquals(List.of(), load.ledger().faults(broker, load.once()), load.topic()));
    }
}
