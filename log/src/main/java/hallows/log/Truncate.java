package hallows.log;

import hallows.log.LogFileName.Kind;
import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Takes back what a log has from an offset on, as a replica does that has more than its leader,
/// and opens anew what is left.
///
/// The recovery point that is written down must not be above the offset when this runs: what is
/// appended there later would count as durable. Whole segments go first, the last one before the
/// one before it and each for good, so that a loss of power leaves the beginning of what was there.
final class Truncate implements Chore {
    private final Log.Surroundings place;
    private final LogOptions options;
    private final Plan plan;
    private @Nullable Loaded left;

    Truncate(Log.Surroundings place, LogOptions options, Plan plan) {
        this.place = place;
        this.options = options;
        this.plan = plan;
    }

    /// What is taken back.
    ///
    /// @param offset from here on; the log ends there
    /// @param start where it begins then
    /// @param anew whether nothing is left
    /// @param bases the first offsets of its segments
    /// @param tendings what their files lack
    record Plan(
            long offset,
            long start,
            boolean anew,
            NavigableSet<Long> bases,
            List<Tending> tendings) {
        /// The segment that stays with less in it, or none.
        @Nullable Long kept() {
            return anew ? null : bases.floor(offset);
        }

        /// What is durable with what is left: the files of the segments before the one that is cut.
        List<Tending> tended() {
            Long kept = kept();
            return tendings.stream()
                    .filter(part -> kept != null && part.segment().base() < kept)
                    .toList();
        }

        NavigableSet<Long> removed() {
            Long kept = kept();
            return (kept == null ? bases : bases.tailSet(kept, false)).descendingSet();
        }
    }

    /// Whether nothing is left.
    boolean isAnew() {
        return plan.anew;
    }

    /// Where the log ends then.
    long offset() {
        return plan.offset;
    }

    /// What is left; it is there when `run` was successful.
    Loaded left() {
        return Objects.requireNonNull(left, "a log that was cut");
    }

    @Override
    public void abandon() {
        if (left != null) {
            left.segments().close();
        }
    }

    @Override
    public Result<Result.Done> run() {
        return WholeFile.inOrder(
                () -> each(plan.tended(), this::keep),
                () -> each(plan.removed(), this::remove),
                this::removeSnapshots,
                () -> plan.kept() == null ? Result.DONE : cut(plan.kept()),
                this::open);
    }

    private Result<Result.Done> keep(Tending part) {
        return WholeFile.inOrder(
                () -> Segment.flush(part.segment().records()), () -> part.run(place.disk()));
    }

    private static <T> Result<Result.Done> each(
            Iterable<T> all, Function<T, Result<Result.Done>> deed) {
        for (T one : all) {
            Result<Result.Done> done = deed.apply(one);
            if (done instanceof Result.Failed) {
                return done;
            }
        }
        return Result.DONE;
    }

    private Path file(long base, Kind kind) {
        return place.directory().resolve(new LogFileName(base, kind).toString());
    }

    /// The records first: indexes without them are removed by whoever opens the log.
    private Result<Result.Done> remove(long base) {
        return WholeFile.inOrder(
                () -> WholeFile.remove(place.disk(), file(base, Kind.RECORDS)),
                () -> removeIndexes(base));
    }

    private Result<Result.Done> removeIndexes(long base) {
        return WholeFile.inOrder(
                () -> place.disk().syncDirectory(place.directory()),
                () ->
                        each(
                                EnumSet.of(Kind.OFFSET_INDEX, Kind.TIME_INDEX, Kind.ABORTED_INDEX),
                                kind -> WholeFile.remove(place.disk(), file(base, kind))));
    }

    private Result<Result.Done> removeSnapshots() {
        return switch (place.disk().list(place.directory())) {
            case Result.Failed<List<String>>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<List<String>>(List<String> names) ->
                    each(
                            names.stream().filter(this::isSnapshotBeyond).toList(),
                            name ->
                                    WholeFile.remove(
                                            place.disk(), place.directory().resolve(name)));
        };
    }

    private boolean isSnapshotBeyond(String name) {
        return LogFileName.kindOf(name).filter(Kind.SNAPSHOT::equals).isPresent()
                && LogFileName.offsetOf(name).orElse(0) > plan.offset;
    }

    /// The indexes of what is left are made again from it: they come after the records, so that no
    /// crash leaves any that know more.
    private Result<Result.Done> cut(long base) {
        return WholeFile.inOrder(
                () -> removeIndexes(base),
                () ->
                        Visit.to(
                                place.disk(),
                                file(base, Kind.RECORDS),
                                Disk.OpenMode.READ_WRITE,
                                this::cut));
    }

    private Result<Result.Done> cut(DiskFile records) {
        return switch (end(records)) {
            case Result.Failed<Integer>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<Integer>(Integer end) ->
                    WholeFile.inOrder(() -> records.truncate(end), () -> Segment.flush(records));
        };
    }

    /// Where the first batch begins that reaches the offset.
    private Result<Integer> end(DiskFile records) {
        return switch (SegmentEnd.length(records)) {
            case Result.Failed<Integer> failed -> failed;
            case Result.Ok<Integer>(Integer bytes) -> {
                BatchScan scan = new BatchScan(records, 0, bytes);
                Result<Boolean> next = scan.next();
                while (next instanceof Result.Ok<Boolean>(Boolean found)
                        && found
                        && scan.batch().lastOffset() < plan.offset) {
                    next = scan.next();
                }
                yield next instanceof Result.Failed<Boolean>(Fault fault)
                        ? new Result.Failed<>(fault)
                        : new Result.Ok<>(scan.position());
            }
        };
    }

    private Result<Result.Done> open() {
        Opening opening =
                new Opening(
                        new Opening.Place(place.disk(), place.directory(), place.clock()),
                        options,
                        new Opening.Known(true, plan.offset, plan.start, plan.offset));
        return switch (opening.run()) {
            case Result.Failed<Opening.Opened>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<Opening.Opened>(Opening.Opened opened) -> {
                left = opened.loaded();
                yield Result.DONE;
            }
        };
    }
}
