package hallows.cluster;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/// The cluster at one moment. Nothing in it ever changes; the next moment is another picture, which
/// shares all that is the same. Anybody may read it anywhere.
///
/// @param clusterId which cluster
/// @param offset of the last record in the log of the quorum that is in the picture
/// @param controller who leads the quorum, where that is known
/// @param brokers those registered, fenced or not, by id
/// @param topics all topics
/// @param configs what was configured
/// @param features which level of what is agreed upon, `metadata.version` among them
public record ClusterImage(
        String clusterId,
        long offset,
        OptionalInt controller,
        SortedMap<Integer, BrokerImage> brokers,
        Topics topics,
        Configs configs,
        SortedMap<String, Short> features) {
    /// Copies the maps.
    public ClusterImage {
        brokers = Collections.unmodifiableSortedMap(new TreeMap<>(brokers));
        features = Collections.unmodifiableSortedMap(new TreeMap<>(features));
    }

    /// A cluster of which nothing is known yet.
    public static ClusterImage unknown(String clusterId) {
        return new ClusterImage(
                clusterId,
                -1,
                OptionalInt.empty(),
                Collections.emptySortedMap(),
                Topics.NONE,
                Configs.NONE,
                Collections.emptySortedMap());
    }

    /// Whether a broker is there and may serve.
    public boolean isServing(int broker) {
        BrokerImage found = brokers.get(broker);
        return found != null && !found.fenced();
    }

    /// The replicas that nobody can reach: on a broker that may not serve, or in a directory that
    /// its broker has lost.
    public NodeIds offlineReplicas(PartitionImage partition) {
        return NodeIds.of(
                partition.replicas().stream()
                        .filter(replica -> isOffline(partition, replica))
                        .toArray());
    }

    private boolean isOffline(PartitionImage partition, int replica) {
        BrokerImage broker = brokers.get(replica);
        if (broker == null || broker.fenced()) {
            return true;
        }
        DirectoryId directory = partition.directoryOf(replica);
        return directory.equals(DirectoryId.LOST)
                || (directory.isAssigned() && !broker.directories().contains(directory));
    }

    /// The level agreed upon for a feature; 0 where it is not in use.
    public short featureLevel(String feature) {
        Map<String, Short> levels = features;
        return levels.getOrDefault(feature, (short) 0);
    }
}
