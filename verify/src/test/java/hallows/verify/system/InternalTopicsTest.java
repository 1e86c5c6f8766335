package hallows.verify.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigSource;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Kafka's own topics, made by the broker under test, are what Apache Kafka would have made: it
/// finds them in a data directory that comes to it.
@Timeout(240)
class InternalTopicsTest {
    private static final List<String> TOPICS =
            List.of("__consumer_offsets", "__transaction_state", "__share_group_state");

    @TempDir private Path home = Path.of("unset");

    @Test
    void theyAreWhatApacheKafkaWouldHaveMade() {
        visit(Brokers.UNDER_TEST, "ours", InternalTopicsTest::make);
        List<Map<String, String>> ours = new ArrayList<>();
        visit(new ApacheKafka(), "ours", process -> ours.addAll(found(process)));
        List<Map<String, String>> kafkas = new ArrayList<>();
        visit(
                new ApacheKafka(),
                "kafkas",
                process -> {
                    make(process);
                    kafkas.addAll(found(process));
                });
        assertEquals(kafkas, ours);
        assertEquals("compact", ours.getFirst().get("cleanup.policy"));
    }

    private void visit(Broker broker, String data, Consumer<BrokerProcess> deed) {
        try (BrokerProcess process = broker.start(home.resolve(data), Brokers.SETTINGS)) {
            deed.accept(process);
            process.stop();
        }
    }

    /// A producer asks for a topic until it is there.
    private static void make(BrokerProcess process) {
        try (var producer = Clients.producer(process, Map.of())) {
            TOPICS.forEach(producer::partitionsFor);
        }
    }

    /// What was configured for each topic, and how many partitions it has.
    private static List<Map<String, String>> found(BrokerProcess process) {
        try (Admin admin = Clients.admin(process)) {
            List<Map<String, String>> found = new ArrayList<>();
            for (String topic : TOPICS) {
                ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
                var configs = admin.describeConfigs(List.of(resource)).all().get().values();
                var topics = admin.describeTopics(List.of(topic)).allTopicNames().get().values();
                Map<String, String> values = own(configs.iterator().next());
                int partitions = topics.iterator().next().partitions().size();
                values.put("partitions", Integer.toString(partitions));
                found.add(values);
            }
            return found;
        } catch (Exception unanswered) {
            throw new AssertionError(unanswered);
        }
    }

    private static Map<String, String> own(Config config) {
        Map<String, String> values = new TreeMap<>();
        for (ConfigEntry entry : config.entries()) {
            if (entry.source() == ConfigSource.DYNAMIC_TOPIC_CONFIG) {
                values.put(entry.name(), entry.value());
            }
        }
        return values;
    }
}
