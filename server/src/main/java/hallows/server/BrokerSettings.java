package hallows.server;

import hallows.cluster.kafka.NodeProperties;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/// What a broker is told: a file of properties under Kafka's names, and what is said over it.
///
/// @param properties what holds
record BrokerSettings(NodeProperties properties) {
    /// Reads the text of a file, as Java's properties, and lays `over` on it. A text that cannot be
    /// read is an [IllegalArgumentException] that says why.
    static BrokerSettings of(String text, Map<String, String> over) {
        Properties read = new Properties();
        try {
            read.load(new StringReader(text));
        } catch (IOException impossible) {
            throw new IllegalArgumentException(impossible);
        }
        Map<String, String> all = new TreeMap<>();
        read.stringPropertyNames().forEach(key -> all.put(key, read.getProperty(key).strip()));
        all.putAll(over);
        return new BrokerSettings(NodeProperties.of(all));
    }

    /// Why no broker can run like this, a sentence each; a key that nobody knows with the nearest
    /// one that is known.
    List<String> complaints() {
        List<String> known = List.copyOf(NodeProperties.known());
        List<String> complaints = new ArrayList<>();
        for (String key : properties.unknown()) {
            complaints.add(
                    "there is no property '%s'%s"
                            .formatted(
                                    key,
                                    Nearest.to(key, known)
                                            .map("; did you mean '%s'?"::formatted)
                                            .orElse("")));
        }
        complaints.addAll(properties.wrong());
        return complaints;
    }

    /// What to tell at start: keys of Kafka's that change nothing here.
    ///
    /// @param effective the keys that other modules listen to
    List<String> notices(Set<String> effective) {
        return properties.withoutEffect(effective).stream()
                .map("property '%s' has no effect in Hallows"::formatted)
                .toList();
    }
}
