package hallows.log;

import hallows.log.LogFileName.Kind;
import hallows.runtime.Clock;
import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.file.Path;
import java.util.List;

/// Opens the log that is in a partition's directory, as Kafka's loader does. When it is done, all
/// of the log is durable: records, indexes, names. The recovery point may then move to its end.
///
/// If the log ends below the recovery point that was known, the caller writes down the lower one
/// before anything is appended: what is appended there would else count as durable.
///
/// After a failure nothing is lost that was not lost before; open it again. Blocks.
public final class Opening {
    private final Place place;
    private final LogOptions options;
    private final Known known;
    private final Producers producers;
    private final FoundSegments segments;
    private LeaderEpochs epochs = LeaderEpochs.of(List.of());
    private List<LeaderEpochs.EpochStart> epochsOnDisk = List.of();
    private boolean epochsRead;
    private SnapshotFiles snapshots;
    private long recoveredFrom;
    private long end;
    private ReadThrough.Done read = ReadThrough.Done.NOTHING;
    private int removedBelowStart;
    private int missing;
    private Flushing flushing = Flushing.AT_ONCE;

    Opening(Place place, LogOptions options, Known known) {
        this.place = place;
        this.options = options;
        this.known = known;
        this.producers = new Producers(options.producers());
        this.segments = new FoundSegments(place.disk, place.directory, options.indexes());
        this.snapshots = new SnapshotFiles(place.disk, place.directory, List.of());
    }

    /// Where a log is.
    ///
    /// @param disk which disk
    /// @param directory the partition's
    /// @param clock the wall's, for producers that have expired and for rolls
    record Place(Disk disk, Path directory, Clock clock) {
        Path file(long base, Kind kind) {
            return directory.resolve(new LogFileName(base, kind).toString());
        }
    }

    /// What is written about a log elsewhere.
    ///
    /// @param clean whether the process that had it stopped in good order
    /// @param recoveryPoint below which all was durable; 0 when nobody knows
    /// @param start the first offset that is still wanted; 0 when nobody knows
    /// @param end the log ends there at least, even if its last batch ends lower
    record Known(boolean clean, long recoveryPoint, long start, long end) {
        Known(boolean clean, long recoveryPoint, long start) {
            this(clean, recoveryPoint, start, 0);
        }
    }

    /// A log, ready to go on.
    ///
    /// @param loaded what it is made of
    /// @param recovery what had to be done
    public record Opened(Loaded loaded, Recovery recovery) {
        /// The log, on its shard.
        public Log log(Log.Surroundings surroundings, LogOptions options, LogObserver observer) {
            return new Log(surroundings, options, loaded, observer);
        }
    }

    /// Opens it by itself.
    Result<Opened> run() {
        return prepare(Flushing.AT_ONCE) instanceof Result.Failed<Result.Done>(Fault fault)
                ? new Result.Failed<>(fault)
                : finish();
    }

    /// All of it but what must be durable first.
    ///
    /// @param way with [Flushing#TOGETHER] the whole file system is flushed before `finish`
    Result<Result.Done> prepare(Flushing way) {
        flushing = way;
        return WholeFile.inOrder(
                this::look, this::readEpochs, this::readThrough, this::begin, this::settle);
    }

    /// Whether there is anything to flush before `finish`.
    boolean awaitsFlush() {
        return flushing == Flushing.TOGETHER && (read.segmentsRead() > 0 || snapshots.hasTaken());
    }

    /// The rest. Once.
    Result<Opened> finish() {
        return tidy() instanceof Result.Failed<Result.Done>(Fault fault)
                ? new Result.Failed<>(fault)
                : Visit.open(
                        place.disk, place.file(segments.last().base(), Kind.RECORDS), this::opened);
    }

    /// What is there, once what was left half done is out of the way.
    private Result<Result.Done> look() {
        return switch (new Clearing(place.disk, place.directory).run()) {
            case Result.Failed<PartitionFiles>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<PartitionFiles>(PartitionFiles files) -> {
                snapshots = new SnapshotFiles(place.disk, place.directory, files.snapshots());
                snapshots.flushing(flushing);
                missing = files.missing();
                recoveredFrom = known.clean ? Long.MAX_VALUE : files.segmentOf(known.recoveryPoint);
                yield segments.look(files, recoveredFrom);
            }
        };
    }

    private Result<Result.Done> readEpochs() {
        return switch (EpochCheckpoint.read(place.disk, place.directory)) {
            case Stored.Unreadable<LeaderEpochs>(Fault fault) -> new Result.Failed<>(fault);
            case Stored.Absent<LeaderEpochs> _ -> Result.DONE;
            case Stored.Malformed<LeaderEpochs> _ -> {
                epochsRead = true;
                yield segments.epochsBelow(recoveredFrom, epochs);
            }
            case Stored.Whole<LeaderEpochs>(LeaderEpochs written) -> {
                epochs = written;
                epochsOnDisk = written.entries();
                yield Result.DONE;
            }
        };
    }

    private Result<Result.Done> readThrough() {
        if (segments.isEmpty()) {
            return Result.DONE;
        }
        Passage passage =
                new Passage(
                        place, options.indexes(), producers, epochs, known.recoveryPoint, flushing);
        ReadThrough reading =
                new ReadThrough(
                        passage,
                        segments,
                        snapshots,
                        new ReadThrough.Bounds(
                                recoveredFrom, known.start, !options.records().keyed()));
        return switch (reading.run()) {
            case Result.Failed<ReadThrough.Done>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<ReadThrough.Done>(ReadThrough.Done done) -> {
                read = done;
                end = Math.max(done.end(), known.end);
                yield Result.DONE;
            }
        };
    }

    /// A log that has nothing at or above its start begins anew there.
    private Result<Result.Done> begin() {
        if (!segments.isEmpty() && end >= known.start) {
            return Result.DONE;
        }
        removedBelowStart = segments.bases().size();
        end = Math.max(0, known.start);
        epochs.clear();
        producers.reload(end);
        return WholeFile.inOrder(() -> segments.remove(segments.all()), () -> segments.begin(end));
    }

    /// Brings what is kept beside the segments in line with them.
    private Result<Result.Done> settle() {
        epochs.truncateFromEnd(end);
        epochs.truncateFromStart(known.start);
        producers.mapEnd(end);
        return WholeFile.inOrder(this::writeEpochs, () -> snapshots.take(producers));
    }

    /// Removes what something durable has taken the place of.
    private Result<Result.Done> tidy() {
        return WholeFile.inOrder(
                () -> awaitsFlush() ? place.disk.syncDirectory(place.directory) : Result.DONE,
                () -> snapshots.removeStrays(start(), end, segments.bases()),
                () -> isNamed() ? Result.DONE : place.disk.syncDirectory(place.directory));
    }

    /// Whether all names are durable.
    private boolean isNamed() {
        Recovery done = recovery();
        return done.isNothing() || (awaitsFlush() && snapshots.removed() == 0);
    }

    private Result<Result.Done> writeEpochs() {
        List<LeaderEpochs.EpochStart> entries = epochs.entries();
        return entries.equals(epochsOnDisk) && !epochsRead
                ? Result.DONE
                : EpochCheckpoint.write(place.disk, place.directory, entries);
    }

    private long start() {
        return Math.max(known.start, segments.first().base());
    }

    private Result<Opened> opened(DiskFile active) {
        long now = place.clock.wallMillis();
        FoundSegment last = segments.last();
        return switch (SegmentEnd.firstTimestamp(active)) {
            case Result.Failed<Long>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<Long>(Long first) ->
                    new Result.Ok<>(
                            new Opened(
                                    new Loaded(
                                            segments.with(active),
                                            new Pace(last.base(), last.bytes(), first, now),
                                            producers,
                                            epochs,
                                            start(),
                                            end,
                                            Math.max(last.base(), Math.min(end, read.end()))),
                                    recovery()));
        };
    }

    private Recovery recovery() {
        return new Recovery(
                read.segmentsRead(),
                read.segmentsRemoved() + removedBelowStart,
                read.bytesCut(),
                snapshots.removed(),
                epochsRead,
                Math.max(0, known.recoveryPoint - end),
                missing);
    }
}
