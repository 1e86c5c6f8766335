package hallows.log;

import hallows.runtime.Disk;
import hallows.runtime.DiskSync;
import hallows.runtime.Fault;
import hallows.runtime.Promise;
import hallows.runtime.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A log directory that this process holds, and what the shards that have logs in it share: its
/// checkpoints, the word that its disk has failed, and what they hand over when it stops.
///
/// Any thread.
public final class HeldDirectory {
    private final Disk disk;
    private final Path path;
    private final DirectoryClaim claim;
    private final DirectoryOffsets offsets;
    private final AtomicReference<@Nullable Fault> failure = new AtomicReference<>();
    private final Queue<Promise<Fault>> whenFailed = new ConcurrentLinkedQueue<>();
    private final Queue<Handover> handedOver = new ConcurrentLinkedQueue<>();

    HeldDirectory(
            Disk disk, Path path, DirectoryClaim claim, Map<PartitionName, LogOffsets> found) {
        this.disk = disk;
        this.path = path;
        this.claim = claim;
        this.offsets = new DirectoryOffsets(disk, path, found);
    }

    /// Where it is.
    public Path path() {
        return path;
    }

    /// Why all its logs are offline, if they are.
    public Optional<Fault> failure() {
        return Optional.ofNullable(failure.get());
    }

    Disk disk() {
        return disk;
    }

    DirectoryOffsets offsets() {
        return offsets;
    }

    /// Its file system, for the start and the stop.
    @Nullable DiskSync whole() {
        return claim.whole();
    }

    /// Its file system for one shard, which closes it; null where there is none to have.
    @Nullable DiskSync takeWhole() {
        return claim.forShards().poll();
    }

    /// Tells somebody when the disk has failed, or that it has.
    void whenFailed(Promise<Fault> told) {
        whenFailed.add(told);
        tell();
    }

    /// The disk has failed one log: nobody knows what it does to the others. The first one who says
    /// why is believed.
    void failed(Fault why) {
        failure.compareAndSet(null, why);
        tell();
    }

    /// Each is told once, by whoever takes him from the queue.
    private void tell() {
        Fault why = failure.get();
        if (why != null) {
            for (Promise<Fault> next = whenFailed.poll(); next != null; next = whenFailed.poll()) {
                next.complete(why);
            }
        }
    }

    /// A flush that counts only while none has failed, on any shard: what one was told to be lost
    /// may be another's. In a job.
    Supplier<Result<Result.Done>> believed(Supplier<Result<Result.Done>> flush) {
        return () -> {
            Result<Result.Done> done = flush.get();
            if (done instanceof Result.Failed<Result.Done>(Fault why)) {
                failed(why);
            }
            Fault known = failure.get();
            return known == null ? done : new Result.Failed<>(known);
        };
    }

    /// Brings a log to the disk that has left its shard, and opens it again for another one. Where
    /// there is no room for that it stays as it is, and this may be tried again. Blocks.
    public Result<Opening.Opened> reopen(Handover log, LogOptions options) {
        if (log.bring() instanceof Result.Failed<Result.Done>(Fault why)) {
            if (why.kind() != Fault.Kind.NO_SPACE) {
                failed(why);
                log.close();
            }
            return new Result.Failed<>(why);
        }
        return log.open(options);
    }

    /// A log stops with the process: `stop` brings it to the disk.
    public void take(Handover log) {
        handedOver.add(log);
    }

    /// Stops the directory, once all shards have handed over what they could: brings it to the
    /// disk, writes the checkpoints, and if nothing is missing and nothing failed, that this was a
    /// stop in good order. Blocks.
    ///
    /// @param brokerEpoch the epoch that the broker had
    public Result<Result.Done> stop(long brokerEpoch) {
        DirectoryStop stop =
                new DirectoryStop(disk, path, offsets, List.copyOf(handedOver), brokerEpoch);
        Fault why = failure.get();
        return why == null ? stop.run(claim.whole()) : stop.afterFailure(why);
    }

    /// Holds it no longer. After all its logs were closed or handed over.
    public void close() {
        claim.close();
    }
}
