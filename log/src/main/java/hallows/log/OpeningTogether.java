package hallows.log;

import hallows.log.DirectoryEntry.Partition;
import hallows.log.DirectoryOpening.Jobs;
import hallows.log.DirectoryOpening.Owner;
import hallows.runtime.DiskSync;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.util.ArrayList;
import java.util.List;
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
        for (Partition partition : directory.found().partitions()) {
            switch (partition.state()) {
                case LIVE, FUTURE -> partitions.add(partition);
                case DELETE, STRAY -> {}
            }
        }
        left.set(partitions.size());
        for (Partition partition : partitions) {
            jobs.run(() -> open(partition));
        }
    }

    private void open(Partition partition) {
        Opening opening = directory.opening(partition, owner.options(partition.partition()));
        Flushing way = directory.whole() == null ? Flushing.AT_ONCE : Flushing.TOGETHER;
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

    /// The last job has ended.
    private void flush() {
        DiskSync whole = directory.whole();
        if (whole == null || awaiting.isEmpty()) {
            return;
        }
        switch (whole.flush()) {
            case Result.Failed<Result.Done>(Fault fault) ->
                    awaiting.forEach(log -> owner.failed(log.partition, fault));
            case Result.Ok<Result.Done> _ ->
                    awaiting.forEach(log -> jobs.run(() -> finish(log.partition, log.opening)));
        }
    }

    private void finish(Partition partition, Opening opening) {
        switch (opening.finish()) {
            case Result.Failed<Opening.Opened>(Fault fault) -> owner.failed(partition, fault);
            case Result.Ok<Opening.Opened>(Opening.Opened log) -> owner.opened(partition, log);
        }
    }
}
