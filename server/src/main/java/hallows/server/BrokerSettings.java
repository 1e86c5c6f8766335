package hallows.server;

import hallows.cluster.kafka.NodeProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a broker is told, under Kafka's names.
///
/// @param properties what holds
record BrokerSettings(NodeProperties properties) {
    /// As it was said.
    static BrokerSettings of(Map<String, String> said) {
        return new BrokerSettings(NodeProperties.of(said));
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
        List<String> idle = properties.withoutEffect(effective);
        return idle.isEmpty()
                ? List.of()
                : List.of("of no effect in Hallows: " + String.join(", ", idle));
    }
}
