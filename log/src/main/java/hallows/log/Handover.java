package hallows.log;

import hallows.log.LogFileName.Kind;
import hallows.runtime.Disk;
import hallows.runtime.Result;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a log hands over when it stops in good order. Made on its shard when nothing is staged and
/// nothing is done for it elsewhere; brought to the disk in a blocking job.
///
/// @param place whose it is, and where
/// @param tendings what the files of its segments lack
/// @param snapshot what is known of its producers at its end; null when nothing is new
/// @param offsets how far it has come
public record Handover(
        Place place, List<Tending> tendings, @Nullable ByteBuffer snapshot, Offsets offsets) {
    /// Which log, and where it is.
    ///
    /// @param name its partition
    /// @param directory the partition's
    public record Place(PartitionName name, Path directory) {}

    /// How far a log has come.
    ///
    /// @param end the offset after its last record
    /// @param start its first offset, when its first segment begins lower
    /// @param highWatermark if it has replicas
    public record Offsets(long end, OptionalLong start, OptionalLong highWatermark) {}

    /// Of a log that is stopped now.
    public static Handover of(
            Place place, Segments segments, Producers producers, Offsets offsets) {
        producers.mapEnd(offsets.end());
        return new Handover(
                place,
                segments.tendLast(),
                producers.isSnapshotDue() ? producers.snapshot() : null,
                offsets);
    }

    /// Brings all of it to the disk: records, indexes without reserved room, snapshot.
    ///
    /// @param way with [Flushing#TOGETHER] the whole file system is flushed before `finish`
    Result<Result.Done> prepare(Disk disk, Flushing way) {
        return switch (way) {
            case AT_ONCE ->
                    WholeFile.inOrder(
                            () -> each(tending -> tending.segment().records().flush()),
                            () -> each(tending -> tending.run(disk)),
                            () -> keepSnapshot(way, disk));
            case TOGETHER ->
                    WholeFile.inOrder(
                            () -> each(tending -> tending.runUnflushed(disk)),
                            () -> keepSnapshot(way, disk));
        };
    }

    /// Makes the names durable.
    Result<Result.Done> finish(Disk disk) {
        return disk.syncDirectory(place.directory);
    }

    private Result<Result.Done> each(Function<Tending, Result<Result.Done>> step) {
        Result<Result.Done> done = Result.DONE;
        for (Tending tending : tendings) {
            done = done instanceof Result.Ok ? step.apply(tending) : done;
        }
        return done;
    }

    private Result<Result.Done> keepSnapshot(Flushing way, Disk disk) {
        if (snapshot == null) {
            return Result.DONE;
        }
        LogFileName name = new LogFileName(offsets.end(), Kind.SNAPSHOT);
        Path file = place.directory.resolve(name.toString());
        return switch (way) {
            case AT_ONCE -> WholeFile.replace(disk, file, snapshot);
            case TOGETHER -> WholeFile.place(disk, file, snapshot);
        };
    }
}
