package hallows.cluster.kafka;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.controller.ConfigurationValidator;
import org.apache.kafka.coordinator.group.GroupConfig;
import org.apache.kafka.coordinator.group.GroupCoordinatorConfig;
import org.apache.kafka.coordinator.group.modern.share.ShareGroupConfig;
import org.apache.kafka.image.ConfigurationsImage;
import org.apache.kafka.server.metrics.ClientMetricsConfigs;
import org.apache.kafka.storage.internals.log.LogConfig;

/// What may be configured in the cluster: Kafka's rules, which its controller wants to be given.
/// Tiered storage is not there, so no topic may use it.
final class ConfigRules implements ConfigurationValidator {
    private static final boolean TIERED = false;

    private final NodeConfig config;
    private final Map<String, String> defaults;

    ConfigRules(NodeConfig config, TopicDefaults defaults) {
        this.config = config;
        this.defaults = defaults.with(ConfigurationsImage.EMPTY);
    }

    /// Whether it may be described.
    @Override
    public void validate(ConfigResource resource) {
        checkName(resource);
    }

    @Override
    public void validate(
            ConfigResource resource, Map<String, String> next, Map<String, String> before) {
        checkName(resource);
        switch (resource.type()) {
            case TOPIC -> LogConfig.validate(before, withoutNulls("topic", next), defaults, TIERED);
            case GROUP ->
                    GroupConfig.validate(
                            withoutNulls("group", next),
                            new GroupCoordinatorConfig(config),
                            new ShareGroupConfig(config));
            case CLIENT_METRICS -> {
                Properties values = new Properties();
                values.putAll(next);
                ClientMetricsConfigs.validate(resource.name(), values);
            }
            case BROKER, BROKER_LOGGER, UNKNOWN -> {}
        }
    }

    private static void checkName(ConfigResource resource) {
        String name = resource.name();
        switch (resource.type()) {
            case TOPIC -> {
                refuse(name.isEmpty(), "Default topic resources are not allowed.");
                Topic.validate(name);
            }
            case BROKER -> checkBroker(name);
            case GROUP -> refuse(name.isEmpty(), "Default group resources are not allowed.");
            case CLIENT_METRICS -> refuse(name.isEmpty(), "Subscription name can't be empty");
            case BROKER_LOGGER, UNKNOWN -> refuse(true, "Unknown resource type " + resource.type());
        }
    }

    private static void checkBroker(String name) {
        refuse(
                !name.matches("-?\\d{0,9}|-?\\d{10}"),
                "Unable to parse broker name as a base 10 number.");
        refuse(name.startsWith("-"), "Invalid negative broker ID.");
    }

    private static void refuse(boolean wrong, String why) {
        if (wrong) {
            throw new InvalidRequestException(why);
        }
    }

    private static Map<String, String> withoutNulls(String kind, Map<String, String> values) {
        List<String> missing =
                values.keySet().stream().filter(key -> values.get(key) == null).toList();
        if (!missing.isEmpty()) {
            throw new InvalidConfigurationException(
                    "Null value not supported for %s configs: %s"
                            .formatted(kind, String.join(",", missing)));
        }
        return new TreeMap<>(values);
    }
}
