package hallows.log;

import hallows.runtime.Disk;
import hallows.runtime.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/// The files of a log directory that hold one offset for each partition. Everything here blocks.
enum OffsetCheckpoint {
    /// Below these offsets the logs are durable, indexes included: recovery begins here. All logs.
    RECOVERY_POINT("recovery-point-offset-checkpoint"),
    /// Where logs begin; only those whose first segment begins lower.
    LOG_START("log-start-offset-checkpoint"),
    /// The high watermarks. All logs that have replicas.
    HIGH_WATERMARK("replication-offset-checkpoint"),
    /// Up to where logs were compacted.
    CLEANER("cleaner-offset-checkpoint");

    private final String fileName;

    OffsetCheckpoint(String fileName) {
        this.fileName = fileName;
    }

    /// The name of the file.
    String fileName() {
        return fileName;
    }

    /// Replaces it. Kafka's lines have no order, ours have that of the map.
    Result<Result.Done> write(Disk disk, Path directory, Map<PartitionName, Long> offsets) {
        return Checkpoint.write(
                disk,
                directory.resolve(fileName),
                offsets.entrySet().stream()
                        .map(entry -> line(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private static String line(PartitionName name, long offset) {
        return name.topic() + " " + name.partition() + " " + offset;
    }

    /// Reads it; of two lines for one partition the last holds.
    Stored<SortedMap<PartitionName, Long>> read(Disk disk, Path directory) {
        return Checkpoint.read(disk, directory.resolve(fileName), OffsetCheckpoint::entry)
                .map(OffsetCheckpoint::byName);
    }

    private static SortedMap<PartitionName, Long> byName(List<Line> lines) {
        SortedMap<PartitionName, Long> offsets = new TreeMap<>();
        lines.forEach(line -> offsets.put(line.name, line.offset));
        return offsets;
    }

    private static Optional<Line> entry(String[] words) {
        if (words.length != 3) {
            return Optional.empty();
        }
        OptionalInt partition = Numbers.parseInt(words[1]);
        OptionalLong offset = Numbers.parse(words[2]);
        return partition.isEmpty() || offset.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Line(
                                new PartitionName(words[0], partition.getAsInt()),
                                offset.getAsLong()));
    }

    private record Line(PartitionName name, long offset) {}
}
