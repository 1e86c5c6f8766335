package hallows.log;

import hallows.log.DirectoryEntry.Partition;
import hallows.runtime.Clock;
import hallows.runtime.Disk;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A log directory that is held and whose logs are about to be opened: what is written in it about
/// them all. `.kafka_cleanshutdown` is gone for good by then, so that who dies from here on has not
/// stopped in good order.
///
/// @param held what all shards share of it while they have logs in it
/// @param clock the wall's
/// @param meta whose directory it is, if that is written there
/// @param stop how the last process stopped
/// @param offsets what the checkpoints say; a malformed one says nothing, as in Kafka
/// @param found the partitions
public record DirectoryOpening(
        HeldDirectory held,
        Clock clock,
        Stored<MetaProperties> meta,
        CleanStop stop,
        Offsets offsets,
        LogDirectory found) {
    /// What is written down about all logs.
    ///
    /// @param recoveryPoints below which they are durable
    /// @param starts where they begin
    /// @param highWatermarks for who serves them
    public record Offsets(
            SortedMap<PartitionName, Long> recoveryPoints,
            SortedMap<PartitionName, Long> starts,
            SortedMap<PartitionName, Long> highWatermarks) {
        /// What is written down about one.
        LogOffsets of(PartitionName name) {
            return new LogOffsets(
                    recoveryPoints.getOrDefault(name, 0L),
                    optional(starts.get(name)),
                    optional(highWatermarks.get(name)));
        }

        private static OptionalLong optional(@Nullable Long offset) {
            return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
        }
    }

    /// Runs jobs that block, as many side by side as it likes.
    public interface Jobs {
        /// Runs one, now or later.
        void run(Runnable job);
    }

    /// What the logs are to be, and who takes them.
    public interface Owner {
        /// How a log is configured.
        LogOptions options(PartitionName name);

        /// A log is there. On the thread of its job.
        void opened(Partition partition, Opening.Opened log);

        /// A log could not be opened; the others go on. Kafka takes the whole log directory offline
        /// after an IO_ERROR. On the thread of its job.
        void failed(Partition partition, Fault fault);
    }

    /// Holds a directory and reads what is written about its logs. Blocks.
    ///
    /// @param flushers how many shards may have logs here; with 0 the file system is never flushed
    ///   as a whole
    public static Result<DirectoryOpening> begin(
            Disk disk, Path directory, Clock clock, int flushers) {
        return switch (DirectoryClaim.of(disk, directory, flushers)) {
            case Result.Failed<DirectoryClaim>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<DirectoryClaim>(DirectoryClaim claim) -> {
                Result<DirectoryOpening> begun =
                        scanned(new Opening.Place(disk, directory, clock), claim);
                if (begun instanceof Result.Failed) {
                    claim.close();
                }
                yield begun;
            }
        };
    }

    /// Scans before the mark of the clean stop is taken: a directory that holds what nobody knows
    /// is left as it is.
    private static Result<DirectoryOpening> scanned(Opening.Place place, DirectoryClaim claim) {
        return switch (found(place)) {
            case Result.Failed<LogDirectory>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<LogDirectory>(LogDirectory found) ->
                    switch (offsets(place)) {
                        case Result.Failed<Offsets>(Fault fault) -> new Result.Failed<>(fault);
                        case Result.Ok<Offsets>(Offsets offsets) ->
                                stopped(place, claim, offsets, found);
                    };
        };
    }

    /// By names that stay: who died while he made one may not have seen to that.
    private static Result<LogDirectory> found(Opening.Place place) {
        return place.disk().syncDirectory(place.directory())
                        instanceof Result.Failed<Result.Done>(Fault fault)
                ? new Result.Failed<>(fault)
                : LogDirectory.scan(place.disk(), place.directory());
    }

    private static Result<DirectoryOpening> stopped(
            Opening.Place place, DirectoryClaim claim, Offsets offsets, LogDirectory found) {
        Stored<MetaProperties> meta = MetaProperties.read(place.disk(), place.directory());
        return switch (CleanStop.take(place.disk(), place.directory())) {
            case Result.Failed<CleanStop>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<CleanStop>(CleanStop stop) -> {
                SortedMap<PartitionName, LogOffsets> lines = new TreeMap<>();
                found.opened()
                        .forEach(one -> lines.put(one.partition(), offsets.of(one.partition())));
                HeldDirectory held =
                        new HeldDirectory(place.disk(), place.directory(), claim, lines);
                yield new Result.Ok<>(
                        new DirectoryOpening(held, place.clock(), meta, stop, offsets, found));
            }
        };
    }

    private static Result<Offsets> offsets(Opening.Place place) {
        Result<SortedMap<PartitionName, Long>> points =
                read(place, OffsetCheckpoint.RECOVERY_POINT);
        Result<SortedMap<PartitionName, Long>> starts = read(place, OffsetCheckpoint.LOG_START);
        Result<SortedMap<PartitionName, Long>> marks = read(place, OffsetCheckpoint.HIGH_WATERMARK);
        for (var one : List.of(points, starts, marks)) {
            if (one instanceof Result.Failed<SortedMap<PartitionName, Long>>(Fault fault)) {
                return new Result.Failed<>(fault);
            }
        }
        return new Result.Ok<>(new Offsets(points.orThrow(), starts.orThrow(), marks.orThrow()));
    }

    private static Result<SortedMap<PartitionName, Long>> read(
            Opening.Place place, OffsetCheckpoint checkpoint) {
        return switch (checkpoint.read(place.disk(), place.directory())) {
            case Stored.Whole<SortedMap<PartitionName, Long>>(var offsets) ->
                    new Result.Ok<>(offsets);
            case Stored.Absent<SortedMap<PartitionName, Long>> _,
                    Stored.Malformed<SortedMap<PartitionName, Long>> _ ->
                    new Result.Ok<>(new TreeMap<>());
            case Stored.Unreadable<SortedMap<PartitionName, Long>>(Fault fault) ->
                    new Result.Failed<>(fault);
        };
    }

    /// Opens all logs that are served or on their way here, each in a job of its own. Those that
    /// wait to be removed, and those that nobody knows, are in [#waiting].
    public void open(Jobs jobs, Owner owner) {
        new OpeningTogether(this, jobs, owner).run();
    }

    /// Those that were served; whether they still are the cluster knows.
    public List<Partition> served() {
        return found.partitions().stream()
                .filter(one -> one.state() == PartitionState.LIVE)
                .toList();
    }

    /// The same for some of them: only those are opened.
    public DirectoryOpening only(List<Partition> wanted) {
        return new DirectoryOpening(
                held, clock, meta, stop, offsets, new LogDirectory(found.path(), wanted));
    }

    /// The directories of partitions that are not opened: whoever looks after the directory removes
    /// the deleted ones, and the stray ones when the cluster does not know them.
    public List<Partition> waiting() {
        List<Partition> opened = found.opened();
        return found.partitions().stream().filter(one -> !opened.contains(one)).toList();
    }

    /// The epoch that the broker had when it stopped in good order, which it says to the
    /// controller.
    public OptionalLong brokerEpoch() {
        return stop.brokerEpoch();
    }

    /// How one of them is opened.
    Opening opening(Partition partition, LogOptions options) {
        return new Opening(
                new Opening.Place(disk(), held.path().resolve(partition.name()), clock),
                options,
                known(partition.partition()));
    }

    /// What is written about one of them.
    Opening.Known known(PartitionName name) {
        LogOffsets line = offsets.of(name);
        return new Opening.Known(stop.clean(), line.recoveryPoint(), line.start().orElse(0));
    }

    private Disk disk() {
        return held.disk();
    }
}
