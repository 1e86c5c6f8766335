package hallows.log;

import hallows.runtime.Disk;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// What somebody wants to have looked at.
sealed interface Place {
    /// A whole log directory.
    ///
    /// @param path where
    /// @param names what is in it
    record Directory(Path path, List<String> names) implements Place {}

    /// A partition's directory.
    ///
    /// @param path where
    /// @param names what is in it
    record Partition(Path path, List<String> names) implements Place {}

    /// One file of either.
    ///
    /// @param path where
    record File(Path path) implements Place {}

    /// What is at `path`: by what is in it, and only when that does not tell, by its name; people
    /// call log directories `kafka-1`, too. Blocks.
    static Result<Place> of(Disk disk, Path path) {
        return switch (disk.list(path)) {
            case Result.Ok<List<String>>(List<String> names) ->
                    new Result.Ok<>(
                            isPartition(nameOf(path), names)
                                    ? new Partition(path, names)
                                    : new Directory(path, names));
            case Result.Failed<List<String>> _ when LogDirectory.isFile(disk, path) ->
                    new Result.Ok<>(new File(path));
            case Result.Failed<List<String>>(Fault fault) -> new Result.Failed<>(fault);
        };
    }

    private static boolean isPartition(String name, List<String> names) {
        if (names.stream().anyMatch(Place::isOfLogDirectory)) {
            return false;
        }
        if (names.stream().anyMatch(Place::isOfPartition)) {
            return true;
        }
        return names.isEmpty() && isPartition(name);
    }

    /// Whether a directory of this name is a partition's, the metadata log's included.
    static boolean isPartition(String name) {
        return switch (DirectoryEntry.of(name)) {
            case DirectoryEntry.Partition _ -> true;
            case DirectoryEntry.Elsewhere _ -> name.startsWith(PartitionName.METADATA_TOPIC);
            case DirectoryEntry.Known _, DirectoryEntry.Unknown _ -> false;
        };
    }

    private static boolean isOfLogDirectory(String name) {
        return DirectoryEntry.of(name) instanceof DirectoryEntry.Known || isPartition(name);
    }

    private static boolean isOfPartition(String name) {
        return Set.of(EpochCheckpoint.NAME, PartitionMetadata.NAME).contains(name)
                || LogFileName.kindOf(LogFileName.bare(name)).isPresent();
    }

    /// The last part of a path.
    static String nameOf(Path path) {
        Path name = path.toAbsolutePath().normalize().getFileName();
        return name == null ? "" : name.toString();
    }
}
