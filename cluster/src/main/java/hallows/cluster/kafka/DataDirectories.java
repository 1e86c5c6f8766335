package hallows.cluster.kafka;

import hallows.runtime.Disk;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The data directories of a node: whose they are, and that they agree. Reads only.
///
/// @param metadata the one with the quorum's log
/// @param formatted those that are somebody's, and what they say
/// @param fresh those that are nobody's
record DataDirectories(
        Path metadata, Map<Path, DirectoryLook.Formatted> formatted, Set<Path> fresh) {
    static final String LOCK = ".lock";

    /// Is made and removed to see whether there is room.
    static final String TRIAL = ".room";

    /// Looks at all of them; a failure says in one sentence what to do.
    static Result<DataDirectories> look(Disk disk, NodeProperties properties) {
        NodeConfig config = properties.config();
        Path metadata = Path.of(config.metadataLogDir()).toAbsolutePath().normalize();
        Map<Path, DirectoryLook.Formatted> formatted = new TreeMap<>();
        Set<Path> fresh = new TreeSet<>();
        for (Path directory : all(metadata, config)) {
            switch (DirectoryLook.at(disk, directory)) {
                case DirectoryLook.Refused(Fault fault) -> {
                    return new Result.Failed<>(fault);
                }
                case DirectoryLook.Fresh _ -> fresh.add(directory);
                case DirectoryLook.Formatted look -> formatted.put(directory, look);
            }
        }
        DataDirectories found = new DataDirectories(metadata, formatted, fresh);
        OptionalInt given =
                properties.isNumbered() ? OptionalInt.of(config.nodeId()) : OptionalInt.empty();
        return new DirectoryRules(found, given)
                .broken()
                .<Result<DataDirectories>>map(why -> Result.failed(Fault.Kind.FORBIDDEN, why))
                .orElseGet(() -> new Result.Ok<>(found));
    }

    private static Set<Path> all(Path metadata, NodeConfig config) {
        Set<Path> all = new TreeSet<>(List.of(metadata));
        config.logDirs().forEach(name -> all.add(Path.of(name).toAbsolutePath().normalize()));
        return all;
    }

    Set<Path> all() {
        Set<Path> all = new TreeSet<>(formatted.keySet());
        all.addAll(fresh);
        return all;
    }

    /// The cluster that was written down.
    @SuppressWarnings("OptionalGetWithoutIsPresent") // a look sees to it
    String clusterId() {
        return formatted.values().iterator().next().meta().clusterId().get();
    }

    /// The node that was written down.
    OptionalInt nodeId() {
        return formatted.values().stream()
                .map(look -> look.meta().nodeId())
                .findFirst()
                .orElse(OptionalInt.empty());
    }
}
