package hallows.log;

import hallows.log.LogFileName.Kind;
import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.Result;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
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
    public static Handover of(Place place, Segments segments, Producers producers, Offsets offsets) {
        producers.mapEnd(offsets.end());
        return new Handover(
                place,
                segments.tendLast(),
                producers.isSnapshotDue() ? producers.snapshot() : null,
                offsets);
    }

    /// Makes all of it durable: records, indexes without reserved room, snapshot, names. Blocks.
    Result<Result.Done> run(Disk disk) {
        for (DiskFile file : files()) {
            Result<Result.Done> done = file.flush();
            if (done instanceof Result.Failed) {
                return done;
            }
        }
        for (Tending tending : tendings) {
            Result<Result.Done> done =
                    WholeFile.inOrder(
                            () -> tending.run(disk),
                            // Entries may have been written before and not flushed.
                            () -> flush(disk, tending.segment(), Kind.OFFSET_INDEX),
                            () -> flush(disk, tending.segment(), Kind.TIME_INDEX));
            if (done instanceof Result.Failed) {
                return done;
            }
        }
        return WholeFile.inOrder(
                () -> keepSnapshot(disk), () -> disk.syncDirectory(place.directory));
    }

    private Result<Result.Done> flush(Disk disk, Segment segment, Kind kind) {
        String name = new LogFileName(segment.base(), kind).toString();
        return Visit.to(
                disk, place.directory.resolve(name), Disk.OpenMode.READ_WRITE, DiskFile::flush);
    }

    private List<DiskFile> files() {
        List<DiskFile> files = new ArrayList<>();
        tendings.forEach(tending -> files.add(tending.segment().records()));
        return files;
    }

    private Result<Result.Done> keepSnapshot(Disk disk) {
        if (snapshot == null) {
            return Result.DONE;
        }
        LogFileName name = new LogFileName(offsets.end(), Kind.SNAPSHOT);
        return WholeFile.replace(disk, place.directory.resolve(name.toString()), snapshot);
    }
}
