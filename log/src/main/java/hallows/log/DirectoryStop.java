package hallows.log;

import hallows.runtime.Disk;
import hallows.runtime.DiskSync;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Stops the logs of a log directory in good order: what each hands over, the checkpoints, and as
/// the very last file the one that says so. Where anything fails there is no such file, and the
/// next process recovers: a log that failed from where it was known to be durable before, the
/// others from their ends. Blocks.
///
/// @param disk which disk
/// @param directory the log directory
/// @param logs all that are in it; one that has failed must not be stopped as clean
/// @param brokerEpoch the epoch that the broker had
public record DirectoryStop(Disk disk, Path directory, List<Handover> logs, long brokerEpoch) {
    /// Stops them, each by itself.
    public Result<Result.Done> run() {
        return run(null);
    }

    /// Stops them.
    ///
    /// @param whole the file system of the directory, opened before anything was written to the
    ///   logs: all of them become durable at once. Null to flush each file
    public Result<Result.Done> run(@Nullable DiskSync whole) {
        Progress progress = new Progress(logs);
        Flushing way = whole == null ? Flushing.AT_ONCE : Flushing.TOGETHER;
        progress.each(log -> log.prepare(disk, way));
        if (whole != null && whole.flush() instanceof Result.Failed<Result.Done> failed) {
            progress.each(_ -> failed);
        }
        progress.each(log -> log.finish(disk));
        return WholeFile.inOrder(
                () -> writeCheckpoints(progress.stopped),
                () -> progress.result,
                () -> CleanStop.write(disk, directory, brokerEpoch));
    }

    /// How far the stop has come.
    private static final class Progress {
        private List<Handover> stopped;
        private Result<Result.Done> result = Result.DONE;

        Progress(List<Handover> logs) {
            stopped = logs;
        }

        /// Takes the next step with all logs that have not failed.
        void each(Function<Handover, Result<Result.Done>> step) {
            List<Handover> well = new ArrayList<>(stopped.size());
            for (Handover log : stopped) {
                switch (step.apply(log)) {
                    case Result.Ok<Result.Done> _ -> well.add(log);
                    case Result.Failed<Result.Done> failed ->
                            result = result instanceof Result.Ok ? failed : result;
                }
            }
            stopped = well;
        }
    }

    private Result<Result.Done> writeCheckpoints(List<Handover> stopped) {
        SortedMap<PartitionName, Long> ends = new TreeMap<>();
        SortedMap<PartitionName, Long> starts = new TreeMap<>();
        SortedMap<PartitionName, Long> watermarks = new TreeMap<>();
        if (stopped.size() < logs.size()
                && keep(ends) instanceof Result.Failed<Result.Done>(Fault fault)) {
            return new Result.Failed<>(fault);
        }
        stopped.forEach(log -> ends.put(log.place().name(), log.offsets().end()));
        for (Handover log : logs) {
            PartitionName name = log.place().name();
            log.offsets().start().ifPresent(start -> starts.put(name, start));
            log.offsets().highWatermark().ifPresent(mark -> watermarks.put(name, mark));
        }
        return WholeFile.inOrder(
                () -> OffsetCheckpoint.RECOVERY_POINT.write(disk, directory, ends),
                () -> OffsetCheckpoint.LOG_START.write(disk, directory, starts),
                () -> OffsetCheckpoint.HIGH_WATERMARK.write(disk, directory, watermarks));
    }

    /// What was written down before still holds for the logs that have failed.
    private Result<Result.Done> keep(SortedMap<PartitionName, Long> points) {
        return switch (OffsetCheckpoint.RECOVERY_POINT.read(disk, directory)) {
            case Stored.Unreadable<SortedMap<PartitionName, Long>>(Fault fault) ->
                    new Result.Failed<>(fault);
            case Stored.Absent<SortedMap<PartitionName, Long>> _,
                    Stored.Malformed<SortedMap<PartitionName, Long>> _ ->
                    Result.DONE;
            case Stored.Whole<SortedMap<PartitionName, Long>>(var known) -> {
                for (Handover log : logs) {
                    Long point = known.get(log.place().name());
                    if (point != null) {
                        points.put(log.place().name(), Math.min(point, log.offsets().end()));
                    }
                }
                yield Result.DONE;
            }
        };
    }
}
