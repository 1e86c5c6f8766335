package hallows.log;

import hallows.model.BatchView;
import hallows.model.ErrorCode;
import hallows.model.Outcome;
import hallows.runtime.Clock;
import hallows.runtime.Disk;
import hallows.runtime.Fault;
import hallows.runtime.MemoryRegion;
import hallows.runtime.Result;
import hallows.runtime.Written;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The ordered bytes of one partition, as its leader appends to them: `stage` checks a batch
/// against all that came before it and gives it its place, `commit` writes what is staged, in one
/// call to the host for each segment. Lives on its owner shard.
///
/// What takes longer than a write is a [Chore]: while one is underway, batches are staged and
/// nothing is written.
public final class Log {
    /// Batches in one write at most.
    private static final int WRITE_BATCHES_MAX = 256;

    private enum Health {
        SOUND,
        /// A chore is underway.
        BUSY,
        /// A write has failed and its remains could not be removed.
        FAILED
    }

    private final Disk disk;
    private final Path directory;
    private final Clock clock;
    private final Intake intake;
    private final Producers producers;
    private final LeaderEpochs epochs;
    private final LogObserver observer;
    private final ArrayDeque<Staged> staged = new ArrayDeque<>();
    private LogOptions options;
    private Health health = Health.SOUND;
    private final Segments segments;
    private Pace settled;
    private Pace forecast;
    private long writtenEnd;
    private long stagedEnd;

    /// What a log is made of.
    ///
    /// @param disk where its files are
    /// @param directory its own
    /// @param clock the wall's, for timestamps and rolls
    /// @param intake the shard's
    public record Surroundings(Disk disk, Path directory, Clock clock, Intake intake) {}

    private Log(
            Surroundings surroundings, LogOptions options, Loaded loaded, LogObserver observer) {
        this.disk = surroundings.disk();
        this.directory = surroundings.directory();
        this.clock = surroundings.clock();
        this.intake = surroundings.intake();
        this.options = options;
        this.observer = observer;
        this.segments = loaded.segments();
        this.producers = loaded.producers();
        this.epochs = loaded.epochs();
        this.settled = loaded.pace();
        this.forecast = settled;
        this.writtenEnd = loaded.end();
        this.stagedEnd = writtenEnd;
    }

    /// A log of what was found on the disk. On its shard, of what a blocking job has found.
    static Log of(
            Surroundings surroundings, LogOptions options, Loaded loaded, LogObserver observer) {
        return new Log(surroundings, options, loaded, observer);
    }

    /// Makes an empty log. In a blocking job.
    public static Result<Log> create(
            Surroundings surroundings, LogOptions options, LogObserver observer) {
        Disk disk = surroundings.disk();
        Path directory = surroundings.directory();
        if (disk.createDirectories(directory) instanceof Result.Failed<Result.Done>(Fault fault)) {
            return new Result.Failed<>(fault);
        }
        return switch (Segment.create(disk, directory, 0, options.indexes())) {
            case Result.Failed<Segment>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<Segment>(Segment first) ->
                    new Result.Ok<>(
                            of(
                                    surroundings,
                                    options,
                                    begun(first, surroundings, options),
                                    observer));
        };
    }

    private static Loaded begun(Segment first, Surroundings surroundings, LogOptions options) {
        Producers producers = new Producers(options.producers());
        producers.mapEnd(first.base());
        return new Loaded(
                new Segments(first),
                Pace.begun(first.base(), surroundings.clock().wallMillis()),
                producers,
                LeaderEpochs.of(List.of()),
                first.base(),
                first.base());
    }

    /// The offset after the last record in the files.
    public long writtenEnd() {
        return writtenEnd;
    }

    /// The offset that the next batch will have.
    public long stagedEnd() {
        return stagedEnd;
    }

    Producers producers() {
        return producers;
    }

    LeaderEpochs epochs() {
        return epochs;
    }

    /// How to find what a reader wants, in a blocking job; null when the offset is not in the log.
    public @Nullable Lookup lookup(Lookup.Question question) {
        return question.offset() > writtenEnd
                ? null
                : segments.lookup(disk, question.below(writtenEnd));
    }

    /// The configuration has changed.
    public void options(LogOptions changed) {
        options = changed;
        producers.limits(changed.producers());
    }

    /// Takes a batch in; the region is the log's from here on, whatever the outcome.
    public Outcome stage(MemoryRegion region, Appender appender, int leaderEpoch) {
        Outcome outcome = staged(region, appender, leaderEpoch);
        if (!(outcome instanceof Outcome.Staged)) {
            region.release();
        }
        return outcome;
    }

    private Outcome staged(MemoryRegion region, Appender appender, int leaderEpoch) {
        if (health == Health.FAILED) {
            return new Outcome.Refused(
                    ErrorCode.KAFKA_STORAGE_ERROR, "the disk of this log has failed");
        }
        long now = clock.wallMillis();
        Outcome.Refused refused =
                intake.refusal(region.buffer(), appender.origin(), options.intake(), now);
        if (refused != null) {
            return refused;
        }
        intake.place(stagedEnd, leaderEpoch, options.records(), now);
        epochs.assign(leaderEpoch, stagedEnd);
        return fitted(region, intake.batch(), appender, now);
    }

    private Outcome fitted(MemoryRegion region, BatchView batch, Appender appender, long now) {
        if (batch.sizeBytes() > options.segmentBytes()) {
            return new Outcome.Refused(
                    ErrorCode.RECORD_LIST_TOO_LARGE,
                    "a batch of %d bytes does not fit into segment.bytes, %d"
                            .formatted(batch.sizeBytes(), options.segmentBytes()));
        }
        Pace.Batch measures =
                new Pace.Batch(batch.sizeBytes(), batch.lastOffset(), batch.maxTimestamp());
        // Also for a batch that its producer's rules refuse: Kafka rolls before it asks them.
        rollIfDue(measures, now);
        producers.beginAppend();
        return switch (producers.check(batch, appender)) {
            case ProducerVerdict.Refused(ErrorCode code, String message) ->
                    new Outcome.Refused(code, message);
            case ProducerVerdict.Duplicate(long first, long last, long timestamp) ->
                    new Outcome.Duplicate(first, last, timestamp);
            case ProducerVerdict.Fits _ -> taken(region, batch, measures);
        };
    }

    private void rollIfDue(Pace.Batch batch, long now) {
        boolean full = staged.isEmpty() && segments.active().indexes().isFull();
        if (full || forecast.rollsBefore(batch, options, now)) {
            staged.addLast(new Staged.Roll(stagedEnd));
            forecast = Pace.begun(stagedEnd, now);
        }
    }

    private Outcome taken(MemoryRegion region, BatchView batch, Pace.Batch measures) {
        long first = stagedEnd;
        producers.stage(batch, first);
        staged.addLast(new Staged.Append(region, measures));
        forecast = forecast.after(measures);
        stagedEnd = batch.nextOffset();
        return new Outcome.Staged(
                first, batch.lastOffset(), batch.hasLogAppendTime() ? batch.maxTimestamp() : -1);
    }

    /// Writes what is staged; a chore when something has to be done first. Call it once a cycle,
    /// and after each chore.
    public @Nullable Chore commit() {
        while (health == Health.SOUND && !staged.isEmpty()) {
            Chore chore =
                    staged.getFirst() instanceof Staged.Roll(long base) ? roll(base) : write();
            if (chore != null) {
                health = Health.BUSY;
                return chore;
            }
        }
        return null;
    }

    private @Nullable Chore write() {
        List<ByteBuffer> buffers = new ArrayList<>();
        for (Staged next : staged) {
            if (!(next instanceof Staged.Append append) || buffers.size() == WRITE_BATCHES_MAX) {
                break;
            }
            buffers.add(append.region().buffer());
        }
        Written outcome = segments.active().write(buffers);
        if (outcome.fault() != null) {
            return new Cut(segments.active(), settled.bytes(), outcome.fault());
        }
        for (int i = 0; i < buffers.size(); i++) {
            settle((Staged.Append) staged.removeFirst());
        }
        List<AbortedTransaction> aborted = producers.commit(writtenEnd);
        observer.written(writtenEnd);
        return aborted.isEmpty() ? null : new NoteAborted(disk, segments.active().aborted(aborted));
    }

    private void settle(Staged.Append append) {
        segments.active().appended(append.batch());
        settled = settled.after(append.batch());
        writtenEnd = append.batch().lastOffset() + 1;
        append.region().release();
    }

    private Chore roll(long base) {
        SegmentIndexes indexes = segments.active().indexes();
        indexes.seal();
        ByteBuffer snapshot = producers.isSnapshotDue() ? producers.snapshot() : null;
        RollOver.Ending ending = new RollOver.Ending(segments.active(), indexes.dirty(), snapshot);
        return new RollOver(disk, directory, ending, new RollOver.Next(base, options.indexes()));
    }

    /// A chore has run. Then `commit` again.
    public void done(Chore chore, Result<Result.Done> result) {
        health = Health.SOUND;
        Fault fault = result instanceof Result.Failed<Result.Done> failed ? failed.fault() : null;
        switch (chore) {
            case RollOver roll -> rolledOver(roll, fault);
            case Cut _, NoteAborted _ when fault != null -> fail(fault);
            case Cut cut -> rollBack(cut.why());
            case NoteAborted _ -> {}
        }
    }

    private void rolledOver(RollOver roll, @Nullable Fault fault) {
        Segment next = roll.made();
        if (fault != null) {
            if (next != null) {
                next.close();
            }
            rollBack(fault);
        } else if (next != null) {
            roll.ending().tails().forEach(segments.active().indexes()::wrote);
            if (roll.ending().snapshot() != null) {
                producers.snapshotTaken();
            }
            segments.rolled(next);
            settled = Pace.begun(next.base(), clock.wallMillis());
            staged.removeFirst();
        }
    }

    /// Nothing that is staged was written; the log is as if it had never been brought.
    private void rollBack(Fault why) {
        releaseStaged();
        producers.rollback();
        epochs.truncateFromEnd(writtenEnd);
        forecast = settled;
        stagedEnd = writtenEnd;
        observer.rolledBack(writtenEnd, why);
    }

    private void fail(Fault why) {
        health = Health.FAILED;
        releaseStaged();
        producers.rollback();
        stagedEnd = writtenEnd;
        observer.failed(writtenEnd, why);
    }

    private void releaseStaged() {
        for (Staged next : staged) {
            if (next instanceof Staged.Append append) {
                append.region().release();
            }
        }
        staged.clear();
    }

    /// Closes the files, without a flush; what is staged is forgotten.
    public void close() {
        releaseStaged();
        segments.close();
    }
}
