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
/// the very last file the one that says so. Where anything fails or is missing there is no such
/// file, and the next process recovers: a log that failed from where it was known to be durable
/// before, the others from their ends. Blocks.
///
/// @param disk which disk
/// @param directory the log directory
/// @param offsets what is known of all logs that are in it
/// @param logs those that were handed over
/// @param brokerEpoch the epoch that the broker had
record DirectoryStop(
        Disk disk,
        Path directory,
        DirectoryOffsets offsets,
        List<Handover> logs,
        long brokerEpoch) {
    /// Stops them.
    ///
    /// @param whole the file system of the directory, opened before anything was written to the
    ///   logs: all of them become durable at once. Null to flush each file
    Result<Result.Done> run(@Nullable DiskSync whole) {
        Progress progress = new Progress(logs);
        Flushing way = whole == null ? Flushing.AT_ONCE : Flushing.TOGETHER;
        progress.each(log -> log.prepare(way));
        if (whole != null && whole.flush() instanceof Result.Failed<Result.Done> failed) {
            progress.each(_ -> failed);
        }
        progress.each(Handover::finish);
        logs.forEach(Handover::close);
        SortedMap<PartitionName, LogOffsets> lines = new TreeMap<>(offsets.last());
        boolean all = lines.size() == logs.size();
        progress.stopped.forEach(log -> lines.put(log.name(), log.offsets()));
        return WholeFile.inOrder(
                () -> offsets.write(lines),
                () -> progress.result,
                () -> all ? Result.DONE : missing(lines.size()),
                () -> CleanStop.write(disk, directory, brokerEpoch));
    }

    private Result<Result.Done> missing(int all) {
        return Result.failed(
                Fault.Kind.IO_ERROR,
                "%d of %d logs in %s were not stopped: the next start recovers them"
                        .formatted(all - logs.size(), all, directory));
    }

    /// Leaves all as it is on a disk of which nobody knows what it holds.
    Result<Result.Done> afterFailure(Fault why) {
        logs.forEach(Handover::close);
        return new Result.Failed<>(why);
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
}
