package hallows.cluster.kafka;

import hallows.cluster.TopicPlan;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.server.record.BrokerCompressionType;

/// What the coordinators of Kafka want their topics to be made with. Nothing here uses them yet;
/// but a data directory may go to Kafka, whose coordinators would lose what they write where these
/// are missing.
final class InternalTopics {
    private static final String OFFSETS = "offsets.topic.";
    private static final String TRANSACTIONS = "transaction.state.log.";
    private static final String SHARES = "share.coordinator.state.topic.";
    private static final String PARTITIONS = "num.partitions";
    private static final String REPLICAS = "replication.factor";
    private static final String SEGMENT_BYTES = "segment.bytes";
    private static final String MIN_ISR = "min.isr";

    /// The keys of a broker that this depends on.
    static final Set<String> KEYS =
            Set.of(
                    OFFSETS + PARTITIONS,
                    OFFSETS + REPLICAS,
                    OFFSETS + SEGMENT_BYTES,
                    TRANSACTIONS + PARTITIONS,
                    TRANSACTIONS + REPLICAS,
                    TRANSACTIONS + SEGMENT_BYTES,
                    TRANSACTIONS + MIN_ISR,
                    SHARES + PARTITIONS,
                    SHARES + REPLICAS,
                    SHARES + SEGMENT_BYTES,
                    SHARES + MIN_ISR);

    private InternalTopics() {}

    /// Of each topic by its name.
    static Map<String, TopicPlan> of(NodeConfig config) {
        return Map.of(
                Topic.GROUP_METADATA_TOPIC_NAME, offsets(config),
                Topic.TRANSACTION_STATE_TOPIC_NAME, transactions(config),
                Topic.SHARE_GROUP_STATE_TOPIC_NAME, shares(config));
    }

    private static TopicPlan offsets(NodeConfig config) {
        return plan(
                config,
                OFFSETS,
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_COMPACT,
                        TopicConfig.COMPRESSION_TYPE_CONFIG,
                        BrokerCompressionType.PRODUCER.name));
    }

    private static TopicPlan transactions(NodeConfig config) {
        return plan(
                config,
                TRANSACTIONS,
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_COMPACT,
                        TopicConfig.COMPRESSION_TYPE_CONFIG,
                        BrokerCompressionType.UNCOMPRESSED.name,
                        TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                        number(config, TRANSACTIONS + MIN_ISR),
                        TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG,
                        "false"));
    }

    private static TopicPlan shares(NodeConfig config) {
        return plan(
                config,
                SHARES,
                Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.COMPRESSION_TYPE_CONFIG,
                        BrokerCompressionType.PRODUCER.name,
                        TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                        number(config, SHARES + MIN_ISR),
                        TopicConfig.RETENTION_MS_CONFIG,
                        "-1"));
    }

    private static TopicPlan plan(NodeConfig config, String keys, Map<String, String> configs) {
        Map<String, String> all = new TreeMap<>(configs);
        all.put(TopicConfig.SEGMENT_BYTES_CONFIG, number(config, keys + SEGMENT_BYTES));
        return new TopicPlan(
                Integer.parseInt(number(config, keys + PARTITIONS)),
                Short.parseShort(number(config, keys + REPLICAS)),
                all);
    }

    private static String number(NodeConfig config, String key) {
        return String.valueOf(config.values().get(key));
    }
}
