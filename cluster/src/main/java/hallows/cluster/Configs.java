package hallows.cluster;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What was configured in the cluster, and what holds for a topic about which nothing was. The next
/// picture shares what has not changed.
public final class Configs {
    /// Nothing, not even defaults.
    public static final Configs NONE = new Configs(SharedTable.empty(), Map.of());

    private final SharedTable<ConfigOwner, Map<String, String>> set;
    private final Map<String, String> topicDefaults;

    private Configs(
            SharedTable<ConfigOwner, Map<String, String>> set, Map<String, String> topicDefaults) {
        this.set = set;
        this.topicDefaults = topicDefaults;
    }

    /// What was set for an owner, and nothing else.
    public Map<String, String> of(ConfigOwner owner) {
        Map<String, String> found = set.get(owner);
        return found == null ? Map.of() : found;
    }

    /// What was set for a broker while it ran: its own, then what all have.
    public Map<String, String> broker(int id) {
        return laid(of(ConfigOwner.ALL_BROKERS), of(ConfigOwner.broker(id)));
    }

    /// All that holds for a topic.
    public Map<String, String> topic(String name) {
        return laid(topicDefaults, of(ConfigOwner.topic(name)));
    }

    /// One value that holds for a topic.
    public @Nullable String topic(String name, String key) {
        String own = of(ConfigOwner.topic(name)).get(key);
        return own == null ? topicDefaults.get(key) : own;
    }

    /// What holds for a topic about which nothing was said: what this broker was told in its file
    /// and while it ran, and Kafka's defaults.
    public Map<String, String> topicDefaults() {
        return topicDefaults;
    }

    /// These without `removed` and then with `put`.
    public Configs with(Set<ConfigOwner> removed, Map<ConfigOwner, Map<String, String>> put) {
        Map<ConfigOwner, Map<String, String>> copies = new LinkedHashMap<>();
        put.forEach((owner, values) -> copies.put(owner, sorted(values)));
        return new Configs(set.with(removed, copies), topicDefaults);
    }

    /// These with other defaults of topics.
    public Configs withTopicDefaults(Map<String, String> defaults) {
        return new Configs(set, sorted(defaults));
    }

    private static Map<String, String> laid(Map<String, String> below, Map<String, String> above) {
        Map<String, String> all = new TreeMap<>(below);
        all.putAll(above);
        return Collections.unmodifiableMap(all);
    }

    private static Map<String, String> sorted(Map<String, String> values) {
        return Collections.unmodifiableMap(new TreeMap<>(values));
    }
}
