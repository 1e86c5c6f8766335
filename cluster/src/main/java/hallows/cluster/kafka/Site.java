package hallows.cluster.kafka;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.Uuid;

/// A formatted place for a node: what is written in its directories and its properties.
///
/// @param config its properties
/// @param nodeId its number
/// @param clusterId whom it belongs to
/// @param metadataDirectory which of its directories holds the quorum's log
/// @param directories all its directories and their ids
/// @param controller where its controller is to be reached, some day
record Site(
        NodeConfig config,
        int nodeId,
        String clusterId,
        Path metadataDirectory,
        Map<Path, Uuid> directories,
        InetSocketAddress controller) {
    Uuid metadataDirectoryId() {
        return directoryId(metadataDirectory);
    }

    @SuppressWarnings("NullAway") // only its own are asked for
    Uuid directoryId(Path directory) {
        return directories.get(directory);
    }
}
