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

/// A log that has left its shard in good order: nothing is staged, and nothing is done for it. It
/// is brought to the disk by [HeldDirectory#stop], opened anew for another shard by
/// [HeldDirectory#reopen], or closed because it is about to be removed.
///
/// Made on its shard; lives in jobs from then on.
public final class Handover {
    private final PartitionName name;
    private final Log.Surroundings place;
    private final Loaded log;
    private final Ends ends;
    private final List<Tending> tendings;
    private final @Nullable ByteBuffer snapshot;
    private boolean brought;

    /// Of a log that is given up now.
    Handover(PartitionName name, Log.Surroundings place, Loaded log, Ends ends) {
        this.name = name;
        this.place = place;
        this.log = log;
        this.ends = ends;
        Producers producers = log.producers();
        producers.mapEnd(ends.written());
        this.tendings = log.segments().tendLast();
        this.snapshot = producers.isSnapshotDue() ? producers.snapshot() : null;
    }

    /// Which log.
    public PartitionName name() {
        return name;
    }

    /// What is written down about it once it is on the disk.
    LogOffsets offsets() {
        return new LogOffsets(
                recordsEnd(), log.keptStart(ends.start()), OptionalLong.of(ends.highWatermark()));
    }

    /// Who opens it next finds no more: a log that was cut within a batch ends higher only while
    /// somebody knows.
    private long recordsEnd() {
        return ends.written() == log.end() ? log.recordsEnd() : ends.written();
    }

    /// Brings it to the disk by itself, and closes its files. Again after a failure for want of
    /// room. Blocks.
    Result<Result.Done> bring() {
        if (brought) {
            return Result.DONE;
        }
        Result<Result.Done> there =
                WholeFile.inOrder(() -> prepare(Flushing.AT_ONCE), this::finish);
        if (there instanceof Result.Ok) {
            brought = true;
            close();
        }
        return there;
    }

    /// Opens it again, once it was brought to the disk. Blocks.
    Result<Opening.Opened> open(LogOptions options) {
        return new Opening(
                        new Opening.Place(place.disk(), place.directory(), place.clock()),
                        options,
                        new Opening.Known(true, ends.written(), ends.start(), ends.written()))
                .run();
    }

    /// Closes its files as they are.
    public void close() {
        log.segments().close(place.recent());
    }

    /// Brings all of it to the disk: records, indexes without reserved room, snapshot.
    ///
    /// @param way with [Flushing#TOGETHER] the whole file system is flushed before `finish`
    Result<Result.Done> prepare(Flushing way) {
        Disk disk = place.disk();
        return switch (way) {
            case AT_ONCE ->
                    WholeFile.inOrder(
                            () -> each(tending -> Segment.flush(tending.segment().records())),
                            () -> each(tending -> tending.run(disk)),
                            () -> keepSnapshot(way));
            case TOGETHER ->
                    WholeFile.inOrder(
                            () -> each(tending -> tending.runUnflushed(disk)),
                            () -> keepSnapshot(way));
        };
    }

    /// Makes the names durable.
    Result<Result.Done> finish() {
        return place.disk().syncDirectory(place.directory());
    }

    private Result<Result.Done> each(Function<Tending, Result<Result.Done>> step) {
        Result<Result.Done> done = Result.DONE;
        for (Tending tending : tendings) {
            done = done instanceof Result.Ok ? step.apply(tending) : done;
        }
        return done;
    }

    private Result<Result.Done> keepSnapshot(Flushing way) {
        if (snapshot == null) {
            return Result.DONE;
        }
        LogFileName file = new LogFileName(ends.written(), Kind.SNAPSHOT);
        Path path = place.directory().resolve(file.toString());
        return switch (way) {
            case AT_ONCE -> WholeFile.replace(place.disk(), path, snapshot);
            case TOGETHER -> WholeFile.place(place.disk(), path, snapshot);
        };
    }
}
