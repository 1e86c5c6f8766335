package hallows.log;

import hallows.log.DirectoryEntry.Partition;
import hallows.log.DirectoryOpening.Jobs;
import hallows.log.DirectoryOpening.Owner;
import hallows.runtime.DiskSync;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// Opens the logs of a directory side by side. What has to be recovered becomes durable all at once
/// where the file system can be flushed as a whole: thousands of small logs would wait for a flush
/// of each of their files. What needs no flush is told of at once.
///
/// Lives in its jobs.
final class OpeningTogether {
    private final DirectoryOpening directory;
    private final Jobs jobs;
    private final Owner owner;
    private final List<Partition> partitions = new ArrayList<>();
    private final Queue<Awaiting> awaiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger left = new AtomicInteger();

    OpeningTogether(DirectoryOpening directory, Jobs jobs, Owner owner) {
        this.directory = directory;
        this.jobs = jobs;
        this.owner = owner;
    }

    /// A log that is open once it is durable.
    private record Awaiting(Partition partition, Opening opening) {}

    void run() {
        partitions.addAll(directory.found().opened());
        left.set(partitions.size());
        for (Partition partition : partitions) {
            jobs.run(() -> open(partition));
        }
    }

    private void open(Partition partition) {
        Opening opening = directory.opening(partition, owner.options(partition.partition()));
        Flushing way = directory.held().whole() == null ? Flushing.AT_ONCE : Flushing.TOGETHER;
        switch (opening.prepare(way)) {
            case Result.Failed<Result.Done>(Fault fault) -> owner.failed(partition, fault);
            case Result.Ok<Result.Done> _ when opening.awaitsFlush() ->
                    awaiting.add(new Awaiting(partition, opening));
            case Result.Ok<Result.Done> _ -> finish(partition, opening);
        }
        if (left.decrementAndGet() == 0) {
            flush();
        }
    }

    /// The last job has ended. Logs that needed no flush may be served already: what this one is
    /// told to be lost may be theirs, and what theirs are told to be lost may be one of these.
    private void flush() {
        DiskSync whole = directory.held().whole();
        if (whole == null || awaiting.isEmpty()) {
            return;
        }
        switch (directory.held().believed(whole::flush).get()) {
            case Result.Failed<Result.Done>(Fault fault) ->
                    awaiting.forEach(log -> owner.failed(log.partition, fault));
            case Result.Ok<Result.Done> _ ->
                    awaiting.forEach(log -> jobs.run(() -> finish(log.partition, log.opening)));
        }
    }

    private void finish(Partition partition, Opening opening) {
        switch (opening.finish()) {
            case Result.Failed<Opening.Opened>(Fault fault) -> owner.failed(partition, fault);
            case Result.Ok<Opening.Opened>(Opening.Opened log) -> opened(partition, log);
        }
    }

    /// What is appended to a log that ends below its recovery point would count as durable: that is
    /// lowered before anybody has the log.
    private void opened(Partition partition, Opening.Opened log) {
        PartitionName name = partition.partition();
        LogOffsets known = directory.offsets().of(name);
        if (log.loaded().end() >= known.recoveryPoint()) {
            owner.opened(partition, log);
            return;
        }
        directory
                .held()
                .offsets()
                .keep(
                        Map.of(name, known.cappedAt(log.loaded().end())),
                        jobs,
                        result -> lowered(partition, log, result));
    }

    private void lowered(Partition partition, Opening.Opened log, Result<Result.Done> result) {
        switch (result) {
            case Result.Ok<Result.Done> _ -> owner.opened(partition, log);
            case Result.Failed<Result.Done>(Fault fault) -> {
                log.loaded().segments().close();
                owner.failed(partition, fault);
            }
        }
    }
}
