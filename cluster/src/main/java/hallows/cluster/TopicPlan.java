package hallows.cluster;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// What a topic of Kafka's own is made with when somebody asks for it and it is not there.
///
/// @param partitions how many
/// @param replicas how many copies of each
/// @param configs what is configured for it
public record TopicPlan(int partitions, short replicas, Map<String, String> configs) {
    /// Copies the map.
    public TopicPlan {
        configs = Collections.unmodifiableMap(new TreeMap<>(configs));
    }
}
