package hallows.cluster.kafka;

import hallows.cluster.ConfigOwner;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.image.ConfigurationsImage;
import org.apache.kafka.metadata.KafkaConfigSchema;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.apache.kafka.server.config.ServerTopicConfigSynonyms;
import org.apache.kafka.storage.internals.log.LogConfig;

/// What holds for a topic about which nothing was said: what was set for this broker, then for all
/// brokers, then what is in this broker's file, then Kafka's defaults. In Kafka's order and under
/// Kafka's two names for one thing (`log.retention.hours` and `retention.ms`).
final class TopicDefaults {
    /// The keys of brokers and topics, what they hold, and which stands for which.
    static final KafkaConfigSchema SCHEMA =
            new KafkaConfigSchema(
                    Map.of(
                            ConfigResource.Type.BROKER,
                            new ConfigDef(AbstractKafkaConfig.CONFIG_DEF),
                            ConfigResource.Type.TOPIC,
                            LogConfig.configDefCopy()),
                    ServerTopicConfigSynonyms.ALL_TOPIC_CONFIG_SYNONYMS);

    private static final ConfigResource ALL_BROKERS =
            new ConfigResource(ConfigResource.Type.BROKER, "");

    private final Map<String, Object> fromFile;
    private final ConfigResource ownResource;
    private final ConfigOwner own;

    TopicDefaults(NodeConfig config, int nodeId) {
        this.fromFile = config.originals();
        this.own = ConfigOwner.broker(nodeId);
        this.ownResource = new ConfigResource(ConfigResource.Type.BROKER, own.name());
    }

    /// Whether they change with what is set for `owner`.
    boolean dependOn(ConfigOwner owner) {
        return owner.equals(ConfigOwner.ALL_BROKERS) || owner.equals(own);
    }

    /// They, with what is set in the cluster.
    Map<String, String> with(ConfigurationsImage configs) {
        Map<String, String> defaults = new TreeMap<>();
        SCHEMA.resolveEffectiveTopicConfigs(
                        fromFile,
                        configs.configMapForResource(ALL_BROKERS),
                        configs.configMapForResource(ownResource),
                        Map.of())
                .forEach((key, entry) -> {
                    if (entry.value() != null) {
                        defaults.put(key, entry.value());
                    }
                });
        return defaults;
    }
}
