package hallows.cluster.kafka;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.raft.FileQuorumStateStore;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.snapshot.Snapshots;

/// Who votes in the quorum. Either that is written in the quorum's log, where it can change, or, as
/// in Kafka's older way, in everybody's properties.
final class Voters {
    private Voters() {}

    static boolean areInFile(NodeConfig config) {
        return !inFile(config).isEmpty();
    }

    private static List<String> inFile(NodeConfig config) {
        return config.getList(QuorumConfig.QUORUM_VOTERS_CONFIG);
    }

    /// Those that are not in the log: from the properties, or else this node, if the quorum in
    /// `directory` was made in the older way.
    static Map<Integer, InetSocketAddress> outsideLog(Site site) throws IOException {
        if (areInFile(site.config())) {
            return QuorumConfig.parseVoterConnections(inFile(site.config()));
        }
        Path directory = site.metadataDirectory().resolve(Quorum.DIRECTORY);
        return isStatic(directory) ? Map.of(site.nodeId(), site.controller()) : Map.of();
    }

    private static boolean isStatic(Path directory) throws IOException {
        Path state = directory.resolve(FileQuorumStateStore.DEFAULT_FILE_NAME);
        if (Files.exists(state)) {
            return Files.readString(state).replace(" ", "").contains("\"data_version\":0");
        }
        return !Files.exists(
                directory.resolve(
                        Snapshots.filenameFromSnapshotId(Snapshots.BOOTSTRAP_SNAPSHOT_ID)
                                + Snapshots.SUFFIX));
    }
}
