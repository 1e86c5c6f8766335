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

    /// A producer that numbers its batches, and one that does not and may send them twice.
    private static final Map<String, Map<String, String>> PRODUCERS =
            Map.of(
                    "idempotent", Map.of("enable.idempotence", "true"),
                    "plain", Map.of("enable.idempotence", "false", "acks", "all"));

    private static final Map<String, String> SETTINGS = settings();

    @TempDir private Path home = Path.of("unset");
    private final Map<String, Ledger> ledgers =
            Map.of("idempotent", new Ledger(), "plain", new Ledger());

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
                for (String topic : PRODUCERS.keySet()) {
                    admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1))).all().get();
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
            List<Thread> load =
                    PRODUCERS.keySet().stream()
                            .map(kind -> Thread.ofVirtual().start(() -> produce(broker, kind, life, enough)))
                            .toList();
            int before = acknowledged();
            Await.until(
                    "enough is acknowledged",
                    () -> acknowledged() - before >= RECORDS_A_LIFE || !broker.isAlive());
            assertTrue(broker.isAlive(), () -> broker.failure("does not end by itself", null).getMessage());
            broker.kill();
            enough.set(true);
            for (Thread thread : load) {
                thread.join();
            }
        }
    }

    /// Sends until it is told to stop; what is on its way then is nobody's any more.
    private void produce(BrokerProcess broker, String kind, int life, AtomicBoolean enough) {
        Map<String, String> settings = new HashMap<>(PRODUCERS.get(kind));
        settings.put("max.block.ms", "1000");
        var producer = Clients.producer(broker, settings);
        try {
            for (long at = 0; !enough.get(); at++) {
                TopicPartition to = new TopicPartition(kind, (int) (at % PARTITIONS));
                ledgers.get(kind).send(producer, to, "%d %08d".formatted(life, at));
            }
        } catch (KafkaException gone) {
            assertTrue(enough.get() || !broker.isAlive(), gone::toString);
        } finally {
            producer.close(Duration.ZERO);
        }
    }

    private int acknowledged() {
        return ledgers.values().stream().mapToInt(Ledger::count).sum();
    }

    private void holdsAll(BrokerProcess broker) {
        assertEquals(List.of(), ledgers.get("idempotent").faults(broker, true));
        assertEquals(List.of(), ledgers.get("plain").faults(broker, false));
    }
}
