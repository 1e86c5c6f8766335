package hallows.cluster.kafka;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Reconfigurable;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.raft.MetadataLogConfig;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.jspecify.annotations.Nullable;

/// The properties of a broker as Kafka's classes want them. Throws `ConfigException` where a value
/// cannot be understood.
final class NodeConfig extends AbstractKafkaConfig {
    NodeConfig(Map<String, String> properties) {
        super(CONFIG_DEF, populateSynonyms(properties), Map.of(), false);
    }

    String metadataLogDir() {
        @Nullable String own = text(this, MetadataLogConfig.METADATA_LOG_DIR_CONFIG);
        return own == null ? logDirs().getFirst() : own;
    }

    /// What the listeners of the controllers are called.
    ListenerName controllerListener() {
        List<String> names = controllerListenerNames();
        return new ListenerName(names.isEmpty() ? NodeProperties.CONTROLLER : names.getFirst());
    }

    // Kafka does not say that it may be null.
    private static @Nullable String text(AbstractConfig config, String key) {
        return config.getString(key);
    }

    /// What changes while a broker runs is told through the picture of the cluster.
    @Override
    public void addReconfigurable(Reconfigurable reconfigurable) {}

    @Override
    public void removeReconfigurable(Reconfigurable reconfigurable) {}
}
