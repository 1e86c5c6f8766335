package hallows.log;

import hallows.model.TopicId;
import hallows.runtime.Disk;
import hallows.runtime.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// `partition.metadata` in a partition's directory: the id of its topic. Everything here blocks.
final class PartitionMetadata {
    static final String NAME = "partition.metadata";

    private static final Pattern COLON = Pattern.compile(":\\s+");

    private PartitionMetadata() {}

    /// Replaces it. Kafka ends it without a line feed.
    static Result<Result.Done> write(Disk disk, Path partition, TopicId topic) {
        String text = "version: 0\ntopic_id: " + StoredId.of(topic);
        return WholeFile.replace(disk, partition.resolve(NAME), text);
    }

    /// Reads it; any version that is not negative, as Kafka does for the sake of downgrades.
    static Stored<TopicId> read(Disk disk, Path partition) {
        return WholeFile.lines(disk, partition.resolve(NAME)).then(PartitionMetadata::topic);
    }

    private static Stored<TopicId> topic(List<String> lines) {
        if (lines.size() < 2) {
            return Stored.malformed("it has " + lines.size() + " lines");
        }
        String version = value(lines.get(0));
        if (Numbers.parseInt(version).orElse(-1) < 0) {
            return Stored.malformed("its version is '" + version + "'");
        }
        Optional<StoredId> id = StoredId.parse(value(lines.get(1)));
        return id.isEmpty() || id.get().equals(StoredId.ZERO)
                ? Stored.malformed("'" + lines.get(1) + "' names no topic")
                : new Stored.Whole<>(id.get().topic());
    }

    private static String value(String line) {
        List<String> halves = COLON.splitAsStream(line).toList();
        return halves.size() == 2 ? halves.get(1) : "";
    }
}
