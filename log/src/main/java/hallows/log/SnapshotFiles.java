package hallows.log;

import hallows.log.LogFileName.Kind;
import hallows.runtime.Disk;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// The snapshots of a log's producers on the disk, while the log is opened. Blocks.
final class SnapshotFiles {
    private final Disk disk;
    private final Path directory;
    private final NavigableSet<Long> offsets;
    private Flushing flushing = Flushing.AT_ONCE;
    private int removed;
    private boolean taken;

    /// @param offsets up to where each snapshot knows
    SnapshotFiles(Disk disk, Path directory, List<Long> offsets) {
        this.disk = disk;
        this.directory = directory;
        this.offsets = new TreeSet<>(offsets);
    }

    /// From here on they are made durable so.
    void flushing(Flushing way) {
        flushing = way;
    }

    /// Whether there is one more.
    boolean hasTaken() {
        return taken;
    }

    /// How many were removed.
    int removed() {
        return removed;
    }

    /// Takes the state of the producers from the newest sound snapshot above `above` and up to
    /// `limit`; those that are not sound are removed. Without one nothing is known at `start`.
    Result<Result.Done> restore(Producers producers, Bounds bounds, long nowMillis) {
        List<Long> youngest =
                offsets.descendingSet().stream()
                        .filter(offset -> offset > bounds.above() && offset <= bounds.limit())
                        .toList();
        for (long offset : youngest) {
            Stored<ProducerSnapshot.Reading> stored =
                    WholeFile.bytes(disk, path(offset))
                            .map(bytes -> ProducerSnapshot.decode(ByteBuffer.wrap(bytes)));
            if (stored instanceof Stored.Unreadable<ProducerSnapshot.Reading>(Fault fault)) {
                return new Result.Failed<>(fault);
            }
            if (stored
                    instanceof Stored.Whole<ProducerSnapshot.Reading>(ProducerSnapshot.Sound s)) {
                producers.reload(s.producers(), offset, nowMillis);
                return Result.DONE;
            }
            if (remove(List.of(offset)) instanceof Result.Failed<Result.Done> failed) {
                return failed;
            }
        }
        producers.reload(bounds.start());
        return Result.DONE;
    }

    /// Which snapshots can be used.
    ///
    /// @param above they know more than up to here
    /// @param limit they know no more than up to here
    /// @param start where the log begins when there is none
    record Bounds(long above, long limit, long start) {}

    /// Writes down what is known of the producers, if that is more than the last snapshot says.
    Result<Result.Done> take(Producers producers) {
        if (!producers.isSnapshotDue()) {
            return Result.DONE;
        }
        long offset = producers.mapEnd();
        Result<Result.Done> done = write(path(offset), producers.snapshot());
        if (done instanceof Result.Ok) {
            producers.snapshotTaken();
            taken = true;
            offsets.add(offset);
        }
        return done;
    }

    /// One that is lost after all is known by its checksum.
    private Result<Result.Done> write(Path file, ByteBuffer snapshot) {
        return switch (flushing) {
            case AT_ONCE -> WholeFile.replace(disk, file, snapshot);
            case TOGETHER -> WholeFile.place(disk, file, snapshot);
        };
    }

    /// Removes those that know more than up to `limit`.
    Result<Result.Done> removeAbove(long limit) {
        return remove(List.copyOf(offsets.tailSet(limit, false)));
    }

    /// Removes those that nobody will ask for: outside of the log, and not where a segment begins
    /// but for the youngest.
    Result<Result.Done> removeStrays(long start, long end, Set<Long> bases) {
        SortedMap<Long, Set<Kind>> segments = new TreeMap<>();
        bases.forEach(base -> segments.put(base, EnumSet.noneOf(Kind.class)));
        List<Long> strays = new ArrayList<>(offsets.headSet(start, true));
        strays.addAll(offsets.tailSet(end, false));
        List<Long> within = new ArrayList<>(offsets);
        within.removeAll(strays);
        strays.addAll(new PartitionFiles(segments, List.of(), within).straySnapshots());
        return remove(strays);
    }

    private Result<Result.Done> remove(List<Long> gone) {
        for (long offset : gone) {
            Result<Result.Done> done = WholeFile.remove(disk, path(offset));
            if (done instanceof Result.Failed) {
                return done;
            }
            offsets.remove(offset);
            removed++;
        }
        return Result.DONE;
    }

    private Path path(long offset) {
        return directory.resolve(new LogFileName(offset, Kind.SNAPSHOT).toString());
    }
}
