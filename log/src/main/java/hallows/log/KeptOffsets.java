package hallows.log;

import hallows.runtime.Disk;
import hallows.runtime.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Keeps written down, in the checkpoints of a log directory, how far its logs have come. One write
/// at a time: what is asked for meanwhile is in the next.
///
/// Lives on its shard.
final class KeptOffsets {
    private final Disk disk;
    private final Path directory;
    private final FlushRounds.Crew crew;
    private final SortedMap<PartitionName, Log> logs = new TreeMap<>();
    private final Map<PartitionName, Long> caps = new TreeMap<>();
    private final Map<PartitionName, Long> floors = new TreeMap<>();
    private List<Consumer<Result<Result.Done>>> waiting = new ArrayList<>();
    private boolean underway;

    KeptOffsets(Disk disk, Path directory, FlushRounds.Crew crew) {
        this.disk = disk;
        this.directory = directory;
        this.crew = crew;
    }

    void add(PartitionName name, Log log) {
        logs.put(name, log);
    }

    /// Writes all down as it is now, or as it is when the write that is underway has ended.
    void keep(Consumer<Result<Result.Done>> then) {
        waiting.add(then);
        if (!underway) {
            write();
        }
    }

    /// A log is about to be cut: from now on it counts as durable up to there at most.
    void cap(PartitionName name, long offset, Consumer<Result<Result.Done>> then) {
        caps.put(name, offset);
        floors.remove(name);
        keep(then);
    }

    /// A log is durable up to there, and so are the indexes of all that ends there: from now on it
    /// counts as durable up to there at least.
    void raise(PartitionName name, long offset, Consumer<Result<Result.Done>> then) {
        floors.put(name, offset);
        keep(then);
    }

    /// It was cut.
    void uncap(PartitionName name) {
        caps.remove(name);
    }

    private void write() {
        underway = true;
        List<Consumer<Result<Result.Done>>> asked = waiting;
        waiting = new ArrayList<>();
        SortedMap<PartitionName, Long> recoveryPoints = new TreeMap<>();
        SortedMap<PartitionName, Long> starts = new TreeMap<>();
        SortedMap<PartitionName, Long> highWatermarks = new TreeMap<>();
        logs.forEach((name, log) -> {
            Ends ends = log.ends();
            long cap = caps.getOrDefault(name, Long.MAX_VALUE);
            long point = Math.max(log.recoveryPoint(), floors.getOrDefault(name, 0L));
            recoveryPoints.put(name, Math.min(point, cap));
            highWatermarks.put(name, ends.highWatermark());
            if (ends.start() > log.firstBase()) {
                starts.put(name, ends.start());
            }
        });
        crew.run(
                () ->
                        WholeFile.inOrder(
                                () -> write(OffsetCheckpoint.RECOVERY_POINT, recoveryPoints),
                                () -> write(OffsetCheckpoint.LOG_START, starts),
                                () -> write(OffsetCheckpoint.HIGH_WATERMARK, highWatermarks)),
                result -> written(asked, result));
    }

    private Result<Result.Done> write(
            OffsetCheckpoint checkpoint, SortedMap<PartitionName, Long> offsets) {
        return checkpoint.write(disk, directory, offsets);
    }

    private void written(List<Consumer<Result<Result.Done>>> asked, Result<Result.Done> result) {
        underway = false;
        asked.forEach(then -> then.accept(result));
        if (!underway && !waiting.isEmpty()) {
            write();
        }
    }
}
