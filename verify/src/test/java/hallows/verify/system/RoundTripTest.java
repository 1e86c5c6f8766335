package hallows.verify.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// One data directory goes from Apache Kafka to the broker under test and back.
@Timeout(240)
class RoundTripTest {
    private static final List<String> COMPRESSIONS =
            List.of("none", "gzip", "snappy", "lz4", "zstd");
    private static final int PARTITIONS = 2;
    private static final int RECORDS = 200;

    @TempDir private Path home = Path.of("unset");
    private final Ledger ledger = new Ledger();

    @Test
    void nothingIsLostOnTheWayThereAndBack() throws Exception {
        visit(new ApacheKafka(), "kafka");
        visit(Brokers.UNDER_TEST, "under test");
        visit(new ApacheKafka(), "kafka again");
        assertEquals(3 * RECORDS * PARTITIONS * COMPRESSIONS.size(), ledger.count());
    }

    /// Serves what is there, takes more, makes a topic, and stops.
    private void visit(Broker broker, String who) throws Exception {
        try (BrokerProcess process = broker.start(home.resolve("data"), Brokers.SETTINGS)) {
            holdsAll(process);
            try (Admin admin = Clients.admin(process)) {
                makeTopics(admin);
            }
            for (String compression : COMPRESSIONS) {
                write(process, who, compression);
            }
            holdsAll(process);
            process.stop();
        }
    }

    /// Small segments, so that some of them end.
    private static void makeTopics(Admin admin) throws Exception {
        Set<String> there = admin.listTopics().names().get();
        for (String compression : COMPRESSIONS) {
            NewTopic topic = new NewTopic(compression, PARTITIONS, (short) 1);
            topic.configs(Map.of("segment.bytes", "1048576"));
            if (!there.contains(compression)) {
                admin.createTopics(List.of(topic)).all().get();
            }
        }
    }

    private void write(BrokerProcess process, String who, String compression) {
        Map<String, String> settings = Map.of("compression.type", compression, "linger.ms", "2");
        try (var producer = Clients.producer(process, settings)) {
            for (int at = 0; at < RECORDS; at++) {
                for (int partition = 0; partition < PARTITIONS; partition++) {
                    String value = "%s %s %d %d ".formatted(who, compression, partition, at);
                    ledger.send(
                            producer,
                            new TopicPartition(compression, partition),
                            value + "x".repeat(at * 31 % 9000));
                }
            }
        }
    }

    private void holdsAll(BrokerProcess process) {
        assertEquals(List.of(), ledger.faults(process, true));
        assertTrue(
                ledger.count() == 0 || ledger.surplus(process) == 0,
                "nothing is there that nobody wrote");
    }
}
