package hallows.log;

import hallows.runtime.Clock;
import hallows.runtime.Disk;
import hallows.runtime.DiskSync;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a [LogRig] does before anything else, in a blocking job: opens its logs, and writes down
/// how far they come.
record RigOpening(Disk disk, Clock clock, LogRig.Plan plan) {
    /// A log that was opened, and what was known about it before.
    record Found(Opening.Known known, Opening.Opened opened) {}

    /// What is there when the logs are open.
    record Begun(@Nullable DiskSync whole, List<Found> logs) {}

    /// What a blocking job does before anything else.
    Result<Begun> run() {
        Result<Result.Done> made = disk.createDirectories(plan.directory());
        // Before the first write, or it would not know what had failed before.
        DiskSync all =
                plan.whole()
                                && disk.wholeOf(plan.directory())
                                        instanceof Result.Ok<DiskSync>(DiskSync sync)
                        ? sync
                        : null;
        Stored<? extends Map<PartitionName, Long>> stored =
                OffsetCheckpoint.RECOVERY_POINT.read(disk, plan.directory());
        Result<CleanStop> stop = CleanStop.take(disk, plan.directory());
        if (made instanceof Result.Failed
                || stored instanceof Stored.Unreadable
                || !(stop instanceof Result.Ok<CleanStop>(CleanStop stopped))) {
            return Result.failed(Fault.Kind.IO_ERROR, "the directory cannot be read");
        }
        Map<PartitionName, Long> points = new TreeMap<>();
        if (stored instanceof Stored.Whole<? extends Map<PartitionName, Long>> written) {
            points.putAll(written.value());
        }
        return switch (openAll(all, stopped.clean(), points)) {
            case Result.Ok<List<Found>>(List<Found> logs) -> new Result.Ok<>(new Begun(all, logs));
            case Result.Failed<List<Found>>(Fault fault) -> new Result.Failed<>(fault);
        };
    }

    /// A log on its way to be open.
    private record Opened(Opening.Known known, Opening opening) {}

    /// Where the file system can be flushed as a whole, that is done once for all of them.
    private Result<List<Found>> openAll(
            @Nullable DiskSync all, boolean clean, Map<PartitionName, Long> points) {
        List<Opened> prepared = new ArrayList<>();
        for (int number = 0; number < plan.logs(); number++) {
            Opening.Known known =
                    new Opening.Known(clean, points.getOrDefault(LogRig.name(number), 0L), 0);
            Opening opening = opening(number, known);
            prepared.add(new Opened(known, opening));
            Result<Result.Done> done =
                    WholeFile.inOrder(
                            () -> place(LogRig.place(plan.directory(), prepared.size() - 1)),
                            () ->
                                    opening.prepare(
                                            all == null ? Flushing.AT_ONCE : Flushing.TOGETHER));
            if (done instanceof Result.Failed<Result.Done>(Fault fault)) {
                return new Result.Failed<>(fault);
            }
        }
        boolean awaits = prepared.stream().anyMatch(log -> log.opening.awaitsFlush());
        return awaits && all != null && all.flush() instanceof Result.Failed<Result.Done>(Fault f)
                ? new Result.Failed<>(f)
                : finished(prepared, points);
    }

    private Result<List<Found>> finished(List<Opened> prepared, Map<PartitionName, Long> points) {
        List<Found> found = new ArrayList<>();
        for (Opened log : prepared) {
            switch (log.opening.finish()) {
                case Result.Failed<Opening.Opened>(Fault fault) -> {
                    return new Result.Failed<>(fault);
                }
                case Result.Ok<Opening.Opened>(Opening.Opened opened) -> {
                    points.put(LogRig.name(found.size()), opened.loaded().end());
                    found.add(new Found(log.known, opened));
                }
            }
        }
        return OffsetCheckpoint.RECOVERY_POINT.write(disk, plan.directory(), points)
                        instanceof Result.Failed<Result.Done>(Fault fault)
                ? new Result.Failed<>(fault)
                : new Result.Ok<>(found);
    }

    private Opening opening(int number, Opening.Known known) {
        Path place = LogRig.place(plan.directory(), number);
        return new Opening(new Opening.Place(disk, place, clock), plan.options(), known);
    }

    private Result<Result.Done> place(Path place) {
        return WholeFile.inOrder(
                () -> disk.createDirectories(place),
                () -> disk.syncDirectory(plan.directory()),
                () -> disk.syncDirectory(WholeFile.directoryOf(plan.directory())));
    }
}
