package hallows.log;

import hallows.log.DirectoryEntry.Partition;
import hallows.runtime.Clock;
import hallows.runtime.Disk;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a [LogRig] does before anything else, in a blocking job: opens its logs as a server does.
final class RigOpening implements DirectoryOpening.Owner {
    private final Disk disk;
    private final Clock clock;
    private final LogRig.Plan plan;
    private final Map<PartitionName, Opening.Opened> opened = new TreeMap<>();
    private @Nullable Fault fault;

    RigOpening(Disk disk, Clock clock, LogRig.Plan plan) {
        this.disk = disk;
        this.clock = clock;
        this.plan = plan;
    }

    /// A log that was opened, and what was known about it before.
    record Found(Opening.Known known, Opening.Opened opened) {}

    /// What is there when the logs are open.
    record Begun(HeldDirectory held, List<Found> logs) {}

    /// What a blocking job does before anything else.
    Result<Begun> run() {
        Result<Result.Done> there =
                WholeFile.inOrder(
                        () -> disk.createDirectories(plan.directory()),
                        this::makePlaces,
                        () -> disk.syncDirectory(plan.directory()),
                        () -> disk.syncDirectory(WholeFile.directoryOf(plan.directory())));
        if (there instanceof Result.Failed<Result.Done>(Fault why)) {
            return new Result.Failed<>(why);
        }
        return switch (DirectoryOpening.begin(disk, plan.directory(), clock, plan.flushers())) {
            case Result.Failed<DirectoryOpening>(Fault why) -> new Result.Failed<>(why);
            case Result.Ok<DirectoryOpening>(DirectoryOpening opening) -> open(opening);
        };
    }

    /// An empty directory is a log that has not begun.
    private Result<Result.Done> makePlaces() {
        Result<Result.Done> made = Result.DONE;
        for (int number = 0; number < plan.logs(); number++) {
            made =
                    made instanceof Result.Ok
                            ? disk.createDirectories(LogRig.place(plan.directory(), number))
                            : made;
        }
        return made;
    }

    private Result<Begun> open(DirectoryOpening opening) {
        opening.open(Runnable::run, this);
        if (fault != null) {
            opened.values().forEach(log -> log.loaded().segments().close());
            opening.held().close();
            return new Result.Failed<>(fault);
        }
        List<Found> found =
                opened.entrySet().stream()
                        .map(log -> new Found(opening.known(log.getKey()), log.getValue()))
                        .toList();
        return new Result.Ok<>(new Begun(opening.held(), found));
    }

    @Override
    public LogOptions options(PartitionName name) {
        return plan.options();
    }

    @Override
    public void opened(Partition partition, Opening.Opened log) {
        opened.put(partition.partition(), log);
    }

    @Override
    public void failed(Partition partition, Fault why) {
        fault = why;
    }
}
