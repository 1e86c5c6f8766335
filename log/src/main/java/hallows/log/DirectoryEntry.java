package hallows.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a name in a log directory stands for.
public sealed interface DirectoryEntry {
    /// A partition's directory.
    ///
    /// @param name what it is called
    /// @param partition whose it is; of a deleted or stray one the topic may be cut short
    /// @param state what it is for
    record Partition(String name, PartitionName partition, PartitionState state)
            implements DirectoryEntry {}

    /// A directory that other parts look after: the metadata log, Kafka's cache of remote indexes.
    ///
    /// @param name what it is called
    record Elsewhere(String name) implements DirectoryEntry {}

    /// One of the files of a log directory, or what is left of writing it.
    ///
    /// @param name what it is called
    record Known(String name) implements DirectoryEntry {}

    /// Anything else: fine if it is a file, foreign if it is a directory.
    ///
    /// @param name what it is called
    record Unknown(String name) implements DirectoryEntry {}

    /// What a name stands for.
    static DirectoryEntry of(String name) {
        if (name.equals(Names.REMOTE_CACHE)) {
            return new Elsewhere(name);
        }
        if (Names.FILES.contains(Names.withoutYoung(name))) {
            return new Known(name);
        }
        PartitionState state = stateOf(name);
        if (state != PartitionState.LIVE && !Names.MARKED.matcher(name).matches()) {
            return new Unknown(name);
        }
        String plain =
                state == PartitionState.LIVE ? name : name.substring(0, name.lastIndexOf('.'));
        Optional<PartitionName> partition = PartitionName.parse(plain);
        if (partition.isEmpty()) {
            return new Unknown(name);
        }
        return partition.get().topic().equals(PartitionName.METADATA_TOPIC)
                ? new Elsewhere(name)
                : new Partition(name, partition.get(), state);
    }

    private static PartitionState stateOf(String name) {
        for (PartitionState state : PartitionState.values()) {
            if (state != PartitionState.LIVE && name.endsWith(state.suffix())) {
                return state;
            }
        }
        return PartitionState.LIVE;
    }

    /// The names that mean something.
    final class Names {
        private static final String REMOTE_CACHE = "remote-log-index-cache";
        private static final String YOUNG = ".tmp";

        /// Kafka's form of a marked directory: `topic-partition.unique-mark`, nothing in it blank.
        private static final Pattern MARKED =
                Pattern.compile("\\S+-\\S+\\.\\S+-(delete|future|stray)");

        private static final List<String> FILES = files();

        private Names() {}

        private static List<String> files() {
            List<String> files = new ArrayList<>();
            for (OffsetCheckpoint checkpoint : OffsetCheckpoint.values()) {
                files.add(checkpoint.fileName());
            }
            files.add(MetaProperties.NAME);
            files.add(CleanStop.NAME);
            files.add(LogDirectory.LOCK);
            files.add("bootstrap.checkpoint");
            return List.copyOf(files);
        }

        private static String withoutYoung(String name) {
            return name.endsWith(YOUNG) ? name.substring(0, name.length() - YOUNG.length()) : name;
        }
    }
}
