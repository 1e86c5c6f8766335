package hallows.cluster.kafka;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.common.DirectoryId;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.properties.MetaProperties;

/// What data directories must agree upon to be those of one node. Each rule says in one sentence
/// what is wrong and what to do.
///
/// @param found the directories
/// @param given the number that the node was given
record DirectoryRules(DataDirectories found, OptionalInt given) {
    /// The first that does not hold.
    Optional<String> broken() {
        return Stream.of(
                        otherNode(),
                        otherCluster(),
                        reserved(),
                        copy(),
                        withoutMetadata(),
                        lostMetadata())
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> otherNode() {
        OptionalInt expected = given.isPresent() ? given : found.nodeId();
        return where(meta -> !meta.nodeId().equals(expected))
                .map(directory ->
                        "data directory %s belongs to node %d, but this is node %d: set node.id to its number, or name another directory"
                                .formatted(
                                        directory,
                                        meta(directory).nodeId().orElse(-1),
                                        expected.orElse(-1)));
    }

    private Optional<String> otherCluster() {
        return where(meta -> !meta.clusterId().equals(Optional.of(found.clusterId())))
                .map(directory ->
                        "data directory %s belongs to cluster %s, but %s to cluster %s: name directories of one cluster"
                                .formatted(
                                        directory,
                                        meta(directory).clusterId().orElse(""),
                                        first(),
                                        found.clusterId()));
    }

    private Optional<String> reserved() {
        return where(meta -> meta.directoryId().filter(DirectoryId::reserved).isPresent())
                .map(directory ->
                        "data directory %s has the directory.id %s, one of those that stand for no directory: put back the meta.properties that was there, or name another directory"
                                .formatted(
                                        directory,
                                        meta(directory)
                                                .directoryId()
                                                .map(Uuid::toString)
                                                .orElse("")));
    }

    private Optional<String> copy() {
        Map<Uuid, Path> owners = new HashMap<>();
        for (Path directory : found.formatted().keySet()) {
            Path twin =
                    meta(directory).directoryId().map(id -> owners.put(id, directory)).orElse(null);
            if (twin != null) {
                return Optional.of(
                        "data directories %s and %s have the same directory.id, so one is a copy of the other: name only one of them"
                                .formatted(twin, directory));
            }
        }
        return Optional.empty();
    }

    private Optional<String> withoutMetadata() {
        return found.formatted().isEmpty() || !found.fresh().contains(found.metadata())
                ? Optional.empty()
                : Optional.of(
                        "data directory %s, which is to hold the metadata, is empty, but %s belongs to cluster %s already: name the directory that holds __cluster_metadata-0 as metadata.log.dir, or first in log.dirs"
                                .formatted(found.metadata(), first(), found.clusterId()));
    }

    /// A quorum that begins anew would know none of these logs. Nor would one that goes on from its
    /// last snapshot know all of them.
    private Optional<String> lostMetadata() {
        DirectoryLook.Formatted place = found.formatted().get(found.metadata());
        boolean hasLogs =
                found.formatted().values().stream().anyMatch(DirectoryLook.Formatted::hasLogs);
        return place == null || place.hasQuorum() || !hasLogs
                ? Optional.empty()
                : Optional.of(
                        "data directory %s has lost __cluster_metadata-0, or the .log files in it, without which nobody knows what the logs beside it are: put it back"
                                .formatted(found.metadata()));
    }

    private Optional<Path> where(Predicate<MetaProperties> wrong) {
        return found.formatted().keySet().stream()
                .filter(directory -> wrong.test(meta(directory)))
                .findFirst();
    }

    @SuppressWarnings("NullAway") // asked only of those that were found
    private MetaProperties meta(Path directory) {
        return found.formatted().get(directory).meta();
    }

    private Path first() {
        return found.formatted().keySet().iterator().next();
    }
}
