package hallows.cluster.kafka;

import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.properties.MetaProperties;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.properties.MetaPropertiesVersion;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.raft.DynamicVoters;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/// Makes data directories somebody's, with Kafka's formatter. In each the last file to be written
/// is `meta.properties`, and the directory with the quorum's log is the first: who dies in between
/// leaves directories that the next start takes for fresh.
final class Formatting {
    private final NodeConfig config;
    private final InetSocketAddress controller;
    private final Path metadata;

    Formatting(NodeConfig config, InetSocketAddress controller, Path metadata) {
        this.config = config;
        this.controller = controller;
        this.metadata = metadata;
    }

    /// Formats what is fresh. The ids of all directories.
    Result<Map<Path, Uuid>> complete(DataDirectories found, String clusterId, int nodeId) {
        try {
            if (found.fresh().contains(metadata)) {
                format(List.of(metadata), clusterId, nodeId);
            }
            if (!found.fresh().isEmpty()) {
                format(found.all(), clusterId, nodeId);
            }
            return new Result.Ok<>(identified(found.all()));
        } catch (Exception failed) {
            return Result.failed(
                    Fault.Kind.IO_ERROR,
                    "the data directories %s cannot be formatted: %s; what was begun does no harm, start again"
                            .formatted(found.fresh(), failed.getMessage()));
        }
    }

    private void format(Collection<Path> directories, String clusterId, int nodeId)
            throws Exception {
        Formatter formatter =
                new Formatter()
                        .setPrintStream(silent())
                        .setNodeId(nodeId)
                        .setClusterId(clusterId)
                        .setDirectories(directories.stream().map(Path::toString).toList())
                        .setMetadataLogDirectory(metadata.toString())
                        .setIgnoreFormatted(true)
                        .setReleaseVersion(MetadataVersion.latestProduction())
                        .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                        .setControllerListenerName(config.controllerListener().value());
        if (!Voters.areInFile(config)) {
            // A quorum that others can join later.
            formatter.setHasDynamicQuorum(true).setInitialControllers(onlyVoter(nodeId));
        }
        formatter.run();
    }

    private static PrintStream silent() {
        return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    }

    private DynamicVoters onlyVoter(int nodeId) {
        return DynamicVoters.parse(
                "%d@%s:%d:%s"
                        .formatted(
                                nodeId,
                                controller.getHostString(),
                                controller.getPort(),
                                Uuid.randomUuid()));
    }

    /// The ids of directories; a directory formatted before Kafka gave them ids gets one.
    private static Map<Path, Uuid> identified(Collection<Path> directories) throws IOException {
        Map<String, Path> paths = new TreeMap<>();
        directories.forEach(path -> paths.put(path.toString(), path));
        MetaPropertiesEnsemble.Copier copier =
                new MetaPropertiesEnsemble.Copier(
                        new MetaPropertiesEnsemble.Loader().addLogDirs(paths.keySet()).load());
        Map<Path, Uuid> ids = new LinkedHashMap<>();
        for (String directory : paths.keySet()) {
            MetaProperties meta = copier.logDirProps().get(directory);
            if (meta == null) {
                throw new IOException(directory + " has lost its meta.properties");
            }
            Uuid id = meta.directoryId().orElseGet(copier::generateValidDirectoryId);
            copier.setLogDirProps(
                    directory,
                    new MetaProperties.Builder(meta)
                            .setVersion(MetaPropertiesVersion.V1)
                            .setDirectoryId(id)
                            .build());
            ids.put(paths.get(directory), id);
        }
        copier.writeLogDirChanges();
        return ids;
    }
}
