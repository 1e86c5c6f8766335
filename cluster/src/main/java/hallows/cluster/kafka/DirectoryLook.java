package hallows.cluster.kafka;

import static java.util.Comparator.comparing;

import hallows.runtime.Disk;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.metadata.bootstrap.BootstrapDirectory;
import org.apache.kafka.metadata.properties.MetaProperties;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.properties.PropertiesUtils;
import org.apache.kafka.snapshot.Snapshots;
import org.apache.kafka.storage.internals.checkpoint.CleanShutdownFileHandler;

/// What a data directory is, found without touching it.
sealed interface DirectoryLook {
    /// Somebody's, and `meta.properties` says whose.
    ///
    /// @param meta what it says
    /// @param hasQuorum whether the quorum's log is in it: not only what was made of it
    /// @param hasLogs whether logs of topics are in it
    record Formatted(MetaProperties meta, boolean hasQuorum, boolean hasLogs)
            implements DirectoryLook {}

    /// Nobody's: missing, empty, or with nothing in it but what a crash in the middle of formatting
    /// leaves. `meta.properties` is the last file that formatting writes.
    record Fresh() implements DirectoryLook {}

    /// Not to be touched.
    ///
    /// @param fault why, and what to do
    record Refused(Fault fault) implements DirectoryLook {}

    /// What formatting writes before `meta.properties`, what a lock and what a file system leaves.
    Set<String> LEFTOVERS =
            Set.of(
                    BootstrapDirectory.BINARY_BOOTSTRAP_FILENAME,
                    BootstrapDirectory.BINARY_BOOTSTRAP_FILENAME + ".tmp",
                    MetaPropertiesEnsemble.META_PROPERTIES_NAME + ".tmp",
                    DataDirectories.LOCK,
                    DataDirectories.TRIAL,
                    "lost+found");

    /// Looks.
    static DirectoryLook at(Disk disk, Path directory) {
        return switch (disk.list(directory)) {
            case Result.Failed<List<String>>(Fault fault) ->
                    fault.kind() == Fault.Kind.MISSING ? new Fresh() : new Refused(fault);
            case Result.Ok<List<String>>(List<String> names) -> at(disk, directory, names);
        };
    }

    private static DirectoryLook at(Disk disk, Path directory, List<String> names) {
        if (names.contains(MetaPropertiesEnsemble.META_PROPERTIES_NAME)) {
            return read(disk, directory, names);
        }
        // A file of Kafka's says most, wherever it comes.
        Optional<String> foreign =
                names.stream()
                        .filter(name -> !isLeftover(disk, directory, name))
                        .min(comparing(name -> !isKafkas(name)));
        return foreign.<DirectoryLook>map(name -> refused(foreign(directory, name)))
                .orElseGet(Fresh::new);
    }

    private static boolean isLeftover(Disk disk, Path directory, String name) {
        if (!name.equals(Quorum.DIRECTORY)) {
            return LEFTOVERS.contains(name);
        }
        // A quorum that ever ran has left a log here, which nobody may lose.
        return disk.list(directory.resolve(name)) instanceof Result.Ok<List<String>>(var inside)
                && inside.stream().allMatch(DirectoryLook::isBootstrap);
    }

    private static boolean isBootstrap(String name) {
        return name.startsWith(Snapshots.filenameFromSnapshotId(Snapshots.BOOTSTRAP_SNAPSHOT_ID));
    }

    private static String foreign(Path directory, String name) {
        return isKafkas(name)
                ? ("data directory %s holds '%s', but no meta.properties that says whose it"
                                + " is: put that file back, or name another directory")
                        .formatted(directory, name)
                : ("data directory %s holds '%s', which is neither Kafka's nor ours: name an empty"
                                + " directory, or move it away")
                        .formatted(directory, name);
    }

    private static boolean isKafkas(String name) {
        return isLog(name)
                || name.equals(CleanShutdownFileHandler.CLEAN_SHUTDOWN_FILE_NAME)
                || name.endsWith("-offset-checkpoint");
    }

    private static boolean isLog(String name) {
        return name.matches(".+-\\d+");
    }

    private static boolean hasQuorum(Disk disk, Path directory) {
        return disk.list(directory.resolve(Quorum.DIRECTORY))
                        instanceof Result.Ok<List<String>>(var inside)
                && inside.stream().anyMatch(name -> name.endsWith(".log"));
    }

    private static DirectoryLook read(Disk disk, Path directory, List<String> names) {
        Path file = directory.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME);
        try {
            MetaProperties meta =
                    new MetaProperties.Builder(PropertiesUtils.readPropertiesFile(file.toString()))
                            .build();
            return meta.clusterId().isPresent() && meta.nodeId().isPresent()
                    ? new Formatted(
                            meta,
                            hasQuorum(disk, directory),
                            names.stream()
                                    .anyMatch(
                                            name -> isLog(name) && !name.equals(Quorum.DIRECTORY)))
                    : refused(broken(file, "it names no cluster.id and node.id"));
        } catch (NoSuchFileException gone) {
            return new Fresh();
        } catch (IOException unreadable) {
            return new Refused(
                    new Fault(
                            Fault.Kind.IO_ERROR,
                            "%s cannot be read: %s".formatted(file, unreadable.getMessage())));
        } catch (RuntimeException wrong) {
            return refused(broken(file, String.valueOf(wrong.getMessage())));
        }
    }

    private static String broken(Path file, String why) {
        return "%s cannot be understood (%s): put back the one that was there, or name another directory"
                .formatted(file, why);
    }

    private static DirectoryLook refused(String why) {
        return new Refused(new Fault(Fault.Kind.FORBIDDEN, why));
    }
}
