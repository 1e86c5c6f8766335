package hallows.log;

import hallows.log.DirectoryEntry.Partition;
import hallows.runtime.Clock;
import hallows.runtime.Disk;
import hallows.runtime.DiskSync;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A log directory that is held and whose logs are about to be opened: what is written in it about
/// them all. `.kafka_cleanshutdown` is gone for good by then, so that who dies from here on has not
/// stopped in good order.
///
/// @param place the disk, the log directory, the clock
/// @param whole the file system of the directory, opened before anything was written here; null
///   where the host has none to offer
/// @param lock to be closed when the directory is no longer used
/// @param meta whose directory it is, if that is written there
/// @param stop how the last process stopped
/// @param offsets what the checkpoints say; a malformed one says nothing, as in Kafka
/// @param found the partitions
public record DirectoryOpening(
        Opening.Place place,
        @Nullable DiskSync whole,
        AutoCloseable lock,
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
            SortedMap<PartitionName, Long> highWatermarks) {}

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
    public static Result<DirectoryOpening> begin(Disk disk, Path directory, Clock clock) {
        return switch (LogDirectory.lock(disk, directory)) {
            case Result.Failed<AutoCloseable>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<AutoCloseable>(AutoCloseable lock) -> {
                Result<DirectoryOpening> begun =
                        scanned(new Opening.Place(disk, directory, clock), lock);
                if (begun instanceof Result.Failed) {
                    release(lock);
                }
                yield begun;
            }
        };
    }

    private static void release(AutoCloseable lock) {
        try {
            lock.close();
        } catch (Exception e) {
            // It ends with the process.
        }
    }

    /// Scans before the mark of the clean stop is taken: a directory that holds what nobody knows
    /// is left as it is.
    private static Result<DirectoryOpening> scanned(Opening.Place place, AutoCloseable lock) {
        return switch (LogDirectory.scan(place.disk(), place.directory())) {
            case Result.Failed<LogDirectory>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<LogDirectory>(LogDirectory found) ->
                    switch (offsets(place)) {
                        case Result.Failed<Offsets>(Fault fault) -> new Result.Failed<>(fault);
                        case Result.Ok<Offsets>(Offsets offsets) ->
                                stopped(place, lock, offsets, found);
                    };
        };
    }

    private static Result<DirectoryOpening> stopped(
            Opening.Place place, AutoCloseable lock, Offsets offsets, LogDirectory found) {
        Stored<MetaProperties> meta = MetaProperties.read(place.disk(), place.directory());
        DiskSync whole = whole(place);
        return switch (CleanStop.take(place.disk(), place.directory())) {
            case Result.Failed<CleanStop>(Fault fault) -> {
                if (whole != null) {
                    whole.close();
                }
                yield new Result.Failed<>(fault);
            }
            case Result.Ok<CleanStop>(CleanStop stop) ->
                    new Result.Ok<>(
                            new DirectoryOpening(place, whole, lock, meta, stop, offsets, found));
        };
    }

    private static @Nullable DiskSync whole(Opening.Place place) {
        return place.disk().wholeOf(place.directory())
                        instanceof Result.Ok<DiskSync>(DiskSync whole)
                ? whole
                : null;
    }

    private static Result<Offsets> offsets(Opening.Place place) {
        Result<SortedMap<PartitionName, Long>> points =
                read(place, OffsetCheckpoint.RECOVERY_POINT);
        Result<SortedMap<PartitionName, Long>> starts = read(place, OffsetCheckpoint.LOG_START);
        return switch (read(place, OffsetCheckpoint.HIGH_WATERMARK)) {
            case Result.Ok<SortedMap<PartitionName, Long>>(var marks)
                    when points instanceof Result.Ok<SortedMap<PartitionName, Long>>(var below)
                            && starts
                                    instanceof
                                    Result.Ok<SortedMap<PartitionName, Long>>(var from) ->
                    new Result.Ok<>(new Offsets(below, from, marks));
            case Result.Ok<SortedMap<PartitionName, Long>> _,
                    Result.Failed<SortedMap<PartitionName, Long>> _ ->
                    Result.failed(
                            Fault.Kind.IO_ERROR,
                            "the checkpoints in " + place.directory() + " cannot be read");
        };
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

    /// The directories of partitions that are not opened: whoever looks after the directory removes
    /// the deleted ones, and the stray ones when the cluster does not know them.
    public List<Partition> waiting() {
        return found.partitions().stream()
                .filter(partition ->
                        switch (partition.state()) {
                            case LIVE, FUTURE -> false;
                            case DELETE, STRAY -> true;
                        })
                .toList();
    }

    /// Holds the directory no longer. Close the logs before.
    public void close() {
        if (whole != null) {
            whole.close();
        }
        release(lock);
    }

    /// How one of them is opened.
    Opening opening(Partition partition, LogOptions options) {
        PartitionName name = partition.partition();
        return new Opening(
                new Opening.Place(
                        place.disk(), place.directory().resolve(partition.name()), place.clock()),
                options,
                new Opening.Known(
                        stop.clean(),
                        offsets.recoveryPoints().getOrDefault(name, 0L),
                        offsets.starts().getOrDefault(name, 0L)));
    }
}
