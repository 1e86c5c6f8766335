package hallows.log;

import hallows.runtime.Disk;
import hallows.runtime.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Stops the logs of a log directory in good order: what each hands over, the checkpoints, and as
/// the very last file the one that says so. Where anything fails there is no such file, and the
/// next process recovers. Blocks.
///
/// @param disk which disk
/// @param directory the log directory
/// @param logs all that are in it; one that has failed must not be stopped as clean
/// @param brokerEpoch the epoch that the broker had
public record DirectoryStop(Disk disk, Path directory, List<Handover> logs, long brokerEpoch) {
    /// Stops them.
    public Result<Result.Done> run() {
        for (Handover log : logs) {
            Result<Result.Done> done = log.run(disk);
            if (done instanceof Result.Failed) {
                return done;
            }
        }
        return WholeFile.inOrder(
                this::writeCheckpoints, () -> CleanStop.write(disk, directory, brokerEpoch));
    }

    private Result<Result.Done> writeCheckpoints() {
        SortedMap<PartitionName, Long> ends = new TreeMap<>();
        SortedMap<PartitionName, Long> starts = new TreeMap<>();
        SortedMap<PartitionName, Long> watermarks = new TreeMap<>();
        for (Handover log : logs) {
            PartitionName name = log.place().name();
            ends.put(name, log.offsets().end());
            log.offsets().start().ifPresent(start -> starts.put(name, start));
            log.offsets().highWatermark().ifPresent(mark -> watermarks.put(name, mark));
        }
        return WholeFile.inOrder(
                () -> OffsetCheckpoint.RECOVERY_POINT.write(disk, directory, ends),
                () -> OffsetCheckpoint.LOG_START.write(disk, directory, starts),
                () -> OffsetCheckpoint.HIGH_WATERMARK.write(disk, directory, watermarks));
    }
}
