package hallows.log;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Whose log directories are: all of one node of one cluster, each with an id of its own. Checked
/// before anything in them is touched.
final class Ownership {
    /// Kafka keeps the lowest ids for directories that are not there.
    private static final int RESERVED_IDS = 100;

    private final Map<StoredId, Path> ids = new HashMap<>();
    private Optional<String> clusterId;
    private OptionalInt nodeId;

    /// @param clusterId the cluster, unless the first directory shall say it
    /// @param nodeId the node, unless the first directory shall say it
    Ownership(Optional<String> clusterId, OptionalInt nodeId) {
        this.clusterId = clusterId;
        this.nodeId = nodeId;
    }

    /// Looks at the next directory.
    ///
    /// @return why it must not be used
    Optional<String> conflict(Path directory, MetaProperties properties) {
        return otherCluster(directory, properties.clusterId())
                .or(() -> otherNode(directory, properties.nodeId()))
                .or(() -> properties.directoryId().flatMap(id -> badId(directory, id)));
    }

    private Optional<String> otherCluster(Path directory, Optional<String> found) {
        if (found.isEmpty() || clusterId.isEmpty()) {
            clusterId = clusterId.or(() -> found);
            return Optional.empty();
        }
        return found.equals(clusterId)
                ? Optional.empty()
                : Optional.of(
                        "log directory %s belongs to cluster %s, not to %s"
                                .formatted(directory, found.get(), clusterId.get()));
    }

    private Optional<String> otherNode(Path directory, OptionalInt found) {
        if (found.isEmpty() || nodeId.isEmpty()) {
            nodeId = nodeId.isEmpty() ? found : nodeId;
            return Optional.empty();
        }
        return found.equals(nodeId)
                ? Optional.empty()
                : Optional.of(
                        "log directory %s belongs to node %d, not to %d"
                                .formatted(directory, found.getAsInt(), nodeId.getAsInt()));
    }

    private Optional<String> badId(Path directory, StoredId id) {
        if (id.high() == 0 && id.low() < RESERVED_IDS) {
            return Optional.of("log directory %s has the reserved id %s".formatted(directory, id));
        }
        Path twin = ids.put(id, directory);
        return twin == null
                ? Optional.empty()
                : Optional.of(
                        "log directories %s and %s have the same id %s: one is a copy"
                                .formatted(twin, directory, id));
    }
}
