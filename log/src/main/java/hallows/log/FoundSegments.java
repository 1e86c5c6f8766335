package hallows.log;

import hallows.log.LogFileName.Kind;
import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The segments that a log is found with, while it is opened. Blocks.
final class FoundSegments {
    private final Disk disk;
    private final Path directory;
    private final IndexLimits limits;
    private final NavigableMap<Long, FoundSegment> byBase = new TreeMap<>();

    FoundSegments(Disk disk, Path directory, IndexLimits limits) {
        this.disk = disk;
        this.directory = directory;
        this.limits = limits;
    }

    boolean isEmpty() {
        return byBase.isEmpty();
    }

    FoundSegment first() {
        return byBase.firstEntry().getValue();
    }

    FoundSegment last() {
        return byBase.lastEntry().getValue();
    }

    Set<Long> bases() {
        return byBase.keySet();
    }

    /// All of them, ascending.
    List<FoundSegment> all() {
        return List.copyOf(byBase.values());
    }

    /// Those that begin above an offset.
    List<FoundSegment> above(long offset) {
        return List.copyOf(byBase.tailMap(offset, false).values());
    }

    /// Whether at most one segment follows one.
    boolean isNearEnd(FoundSegment segment) {
        return byBase.tailMap(segment.base(), false).size() <= 1;
    }

    /// Finds how long each segment is, and whether its indexes can be used.
    ///
    /// @param indexedBelow segments that begin at or above it get new indexes in any case
    Result<Result.Done> look(PartitionFiles files, long indexedBelow) {
        for (var found : files.segments().entrySet()) {
            Result<Result.Done> looked = look(found.getKey(), found.getValue(), indexedBelow);
            if (looked instanceof Result.Failed) {
                return looked;
            }
        }
        return Result.DONE;
    }

    private Result<Result.Done> look(long base, Set<Kind> kinds, long indexedBelow) {
        Result<Integer> length =
                Visit.to(disk, path(base, Kind.RECORDS), Disk.OpenMode.READ, SegmentEnd::length);
        return switch (length) {
            case Result.Failed<Integer>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<Integer>(Integer bytes) -> {
                FoundSegment segment = new FoundSegment(base, kinds, bytes);
                byBase.put(base, segment);
                yield base < indexedBelow ? indexed(segment) : Result.DONE;
            }
        };
    }

    private Result<Result.Done> indexed(FoundSegment segment) {
        return switch (new IndexLook(disk, directory, segment, limits).run()) {
            case Result.Failed<Optional<SegmentParts>>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<Optional<SegmentParts>>(Optional<SegmentParts> parts) -> {
                segment.settled(segment.bytes(), parts.orElse(null));
                yield Result.DONE;
            }
        };
    }

    /// Reads the epochs of the leaders from the batches of the segments that begin below an offset.
    Result<Result.Done> epochsBelow(long limit, LeaderEpochs epochs) {
        for (FoundSegment segment : byBase.headMap(limit).values()) {
            Result<Result.Done> done =
                    Visit.to(
                            disk,
                            path(segment.base(), Kind.RECORDS),
                            Disk.OpenMode.READ,
                            file -> epochs(new BatchScan(file, 0, segment.bytes()), epochs));
            if (done instanceof Result.Failed) {
                return done;
            }
        }
        return Result.DONE;
    }

    private static Result<Result.Done> epochs(BatchScan scan, LeaderEpochs epochs) {
        while (true) {
            switch (scan.next()) {
                case Result.Failed<Boolean>(Fault fault) -> {
                    return new Result.Failed<>(fault);
                }
                case Result.Ok<Boolean>(Boolean found) when !found -> {
                    return Result.DONE;
                }
                case Result.Ok<Boolean> _ -> epochs.note(scan.batch());
            }
        }
    }

    /// Removes segments, the last one first, so that what is left is a log at any moment; for good.
    Result<Result.Done> remove(List<FoundSegment> gone) {
        for (FoundSegment segment : gone.reversed()) {
            for (Kind kind : EnumSet.complementOf(EnumSet.of(Kind.SNAPSHOT))) {
                Result<Result.Done> done = WholeFile.remove(disk, path(segment.base(), kind));
                if (done instanceof Result.Failed) {
                    return done;
                }
            }
            byBase.remove(segment.base());
        }
        return gone.isEmpty() ? Result.DONE : disk.syncDirectory(directory);
    }

    /// Cuts a segment, for good.
    Result<Result.Done> cut(FoundSegment segment, int bytes) {
        return Visit.to(
                disk,
                path(segment.base(), Kind.RECORDS),
                Disk.OpenMode.READ_WRITE,
                file -> WholeFile.inOrder(() -> file.truncate(bytes), file::flush));
    }

    /// Makes an empty one in place of all that are there.
    Result<Result.Done> begin(long base) {
        return switch (Segment.create(disk, directory, base, limits)) {
            case Result.Failed<Segment>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<Segment>(Segment made) -> {
                made.close();
                FoundSegment segment = new FoundSegment(base, Set.of(), 0);
                segment.settled(
                        0,
                        new SegmentParts(
                                SegmentIndexes.empty(limits, base), new AbortedTransactions(base)));
                byBase.put(base, segment);
                yield disk.syncDirectory(directory);
            }
        };
    }

    /// The segments as a log goes on with them: the last one open, the others without a descriptor.
    /// All have their indexes.
    Segments with(DiskFile active) {
        List<Segment> sealed = new ArrayList<>();
        for (FoundSegment segment : byBase.headMap(byBase.lastKey()).values()) {
            sealed.add(Segment.sealed(directory, segment, segment.partsFound()));
        }
        return new Segments(sealed, Segment.open(directory, last(), last().partsFound(), active));
    }

    Path path(long base, Kind kind) {
        return directory.resolve(new LogFileName(base, kind).toString());
    }
}
