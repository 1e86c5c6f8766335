package hallows.log;

import hallows.model.ErrorCode;
import hallows.model.Outcome;
import hallows.runtime.Buffers;
import hallows.runtime.Check;
import hallows.runtime.Clock;
import hallows.runtime.Disk;
import hallows.runtime.Fault;
import hallows.runtime.Home;
import hallows.runtime.MemoryRegion;
import hallows.runtime.Result;
import hallows.runtime.Written;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The ordered bytes of one partition: `stage` checks a batch against all that came before it and
/// gives it its place, `commit` writes what is staged, in one call to the host for each segment;
/// its [Upkeep] makes durable what is written. Lives on its owner shard.
///
/// What takes longer than a write and has to come before it is a [Chore]: while one is underway,
/// batches are staged and nothing is written.
public final class Log implements Upkeep.Kept {
    /// Batches in one write at most.
    private static final int WRITE_BATCHES_MAX = 256;

    private enum Health {
        SOUND,
        /// A write has failed and its remains are not cut off yet.
        DAMAGED,
        /// A chore is underway.
        BUSY,
        /// Nobody knows what the disk holds beyond the durable end.
        FAILED
    }

    private final Surroundings surroundings;
    private final LogObserver observer;
    private final Segments segments;
    private final Producers producers;
    private final LeaderEpochs epochs;
    private final Staging staging;
    private final Ends ends;
    private final LogUpkeep upkeep;
    private final LogReads reads;
    private LogOptions options;
    private Health health = Health.SOUND;
    private @Nullable Cut damage;
    private Pace settled;
    private long writtenBytes;

    /// Where a log is and what it uses there.
    ///
    /// @param disk where its files are
    /// @param directory its own
    /// @param clock the wall's, for timestamps and rolls
    /// @param intake the shard's
    public record Surroundings(Disk disk, Path directory, Clock clock, Intake intake) {}

    private Log(
            Surroundings surroundings, LogOptions options, Loaded loaded, LogObserver observer) {
        this.surroundings = surroundings;
        this.options = options;
        this.observer = observer;
        this.segments = loaded.segments();
        this.producers = loaded.producers();
        this.epochs = loaded.epochs();
        this.staging = new Staging(surroundings.intake(), options, loaded);
        this.ends = new Ends(options.durability(), loaded.start(), loaded.end());
        this.upkeep = new LogUpkeep(surroundings.disk(), segments, ends);
        this.reads = new LogReads(surroundings, loaded, ends);
        this.settled = loaded.pace();
    }

    /// A log of what was found on the disk. On its shard, of what a blocking job has found.
    static Log of(
            Surroundings surroundings, LogOptions options, Loaded loaded, LogObserver observer) {
        return new Log(surroundings, options, loaded, observer);
    }

    /// Makes an empty log. In a blocking job.
    public static Result<Log> create(
            Surroundings surroundings, LogOptions options, LogObserver observer) {
        return switch (Loaded.create(surroundings, options)) {
            case Result.Failed<Loaded>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<Loaded>(Loaded empty) ->
                    new Result.Ok<>(of(surroundings, options, empty, observer));
        };
    }

    /// How far it has come.
    Ends ends() {
        return ends;
    }

    /// The offset after the last record in the files.
    public long writtenEnd() {
        return ends.written();
    }

    /// How many bytes have been appended since it was opened.
    long writtenBytes() {
        return writtenBytes;
    }

    Durability durability() {
        return options.durability();
    }

    /// Whether something is staged.
    boolean hasStaged() {
        return staging.first() != null;
    }

    /// Whether it takes nothing more in.
    boolean hasFailed() {
        return health == Health.FAILED;
    }

    /// The offset that the next batch will have.
    public long stagedEnd() {
        return staging.end();
    }

    Producers producers() {
        return producers;
    }

    LeaderEpochs epochs() {
        return epochs;
    }

    /// How to find what a reader wants, in a blocking job; null when the offset is not in the log.
    public @Nullable Lookup lookup(Lookup.Question question) {
        return reads.lookup(question);
    }

    /// The answer to who reads where the log grows, at once, with memory of his shard; null when it
    /// takes a `lookup`.
    public Reading.@Nullable Answer readNow(Lookup.Question question, Home home, Buffers buffers) {
        return reads.readNow(question, home, buffers);
    }

    /// How to find the record that a timestamp stands for, in a blocking job.
    public TimeLookup timeLookup(long timestamp) {
        return reads.timeLookup(timestamp);
    }

    /// Where the epoch of a leader ended.
    public EpochEnd epochEnd(int epoch) {
        return reads.epochEnd(epoch);
    }

    /// All replicas that count have what is below; readers see it as soon as it is kept here too.
    public void agreedUpTo(long offset) {
        ends.agreedUpTo(offset);
        producers.highWatermarkMoved(ends.highWatermark());
    }

    /// The configuration has changed.
    public void options(LogOptions changed) {
        options = changed;
        staging.options(changed);
        producers.limits(changed.producers());
        ends.durability(changed.durability());
    }

    /// Takes a batch in; the region is the log's from here on, whatever the outcome.
    public Outcome stage(MemoryRegion region, Appender appender, int leaderEpoch) {
        Outcome outcome =
                health == Health.FAILED
                        ? new Outcome.Refused(
                                ErrorCode.KAFKA_STORAGE_ERROR, "the disk of this log has failed")
                        : staging.take(
                                region, appender, leaderEpoch, surroundings.clock().wallMillis());
        if (!(outcome instanceof Outcome.Staged)) {
            region.release();
        }
        return outcome;
    }

    /// Writes what is staged; a chore when something has to be done first. Call it once a cycle,
    /// and after each chore.
    public @Nullable Chore commit() {
        Chore chore = null;
        while (chore == null && health == Health.SOUND && staging.first() != null) {
            chore = step(staging.first());
        }
        if (health == Health.DAMAGED && !upkeep.isUnderway()) {
            // Not beside a flush of the same file: the failure of one might be told to the other.
            chore = damage;
        }
        if (chore != null) {
            health = Health.BUSY;
        }
        return chore;
    }

    private @Nullable Chore step(Staged next) {
        return switch (next) {
            case Staged.Roll(long base) -> roll(base);
            case Staged.Epoch(List<LeaderEpochs.EpochStart> known) ->
                    new NoteEpochs(surroundings.disk(), surroundings.directory(), known);
            case Staged.Append _ -> write();
        };
    }

    private @Nullable Chore write() {
        List<ByteBuffer> buffers = new ArrayList<>();
        for (Staged next : staging.all()) {
            if (!(next instanceof Staged.Append append) || buffers.size() == WRITE_BATCHES_MAX) {
                break;
            }
            buffers.add(append.region().buffer());
        }
        Written outcome = segments.active().write(buffers);
        if (outcome.fault() != null) {
            health = Health.DAMAGED;
            damage = new Cut(segments.active(), settled.bytes(), outcome.fault());
            return null;
        }
        for (int i = 0; i < buffers.size(); i++) {
            settle((Staged.Append) staging.done());
        }
        List<AbortedTransaction> aborted = producers.commit(ends.written());
        observer.written(ends.written());
        return aborted.isEmpty()
                ? null
                : new NoteAborted(surroundings.disk(), segments.active().aborted(aborted));
    }

    private void settle(Staged.Append append) {
        segments.active().appended(append.batch());
        settled = settled.after(append.batch());
        writtenBytes += append.batch().bytes();
        ends.writtenUpTo(append.batch().lastOffset() + 1);
        append.region().release();
    }

    private Chore roll(long base) {
        segments.active().indexes().seal();
        producers.mapEnd(base);
        return new RollOver(
                surroundings.disk(),
                surroundings.directory(),
                new RollOver.Next(base, options.indexes()),
                producers.isSnapshotDue() ? producers.snapshot() : null);
    }

    /// A chore has run. Then `commit` again.
    public void done(Chore chore, Result<Result.Done> result) {
        Check.that(health == Health.BUSY || health == Health.FAILED, "a chore was underway");
        Fault fault = result instanceof Result.Failed<Result.Done> failed ? failed.fault() : null;
        if (health == Health.FAILED) {
            chore.abandon();
            return;
        }
        health = Health.SOUND;
        switch (chore) {
            case RollOver roll when fault != null -> {
                roll.abandon();
                undone(roll.isUndone(), fault);
            }
            case NoteEpochs _ when fault != null -> rollBack(fault);
            case Cut _, NoteAborted _ when fault != null -> fail(fault);
            case RollOver roll -> rolledOver(roll);
            case NoteEpochs _ -> staging.done();
            case NoteAborted _ -> {}
            case Cut cut -> {
                damage = null;
                rollBack(cut.why());
            }
        }
    }

    private void undone(boolean nothingLeft, Fault why) {
        if (nothingLeft) {
            rollBack(why);
        } else {
            fail(why);
        }
    }

    private void rolledOver(RollOver roll) {
        if (roll.hasSnapshot()) {
            producers.snapshotTaken();
        }
        Segment next = roll.made();
        segments.rolled(next);
        settled = Pace.begun(next.base(), surroundings.clock().wallMillis());
        staging.done();
    }

    /// Nothing that is staged was written; the log is as if it had never been brought.
    private void rollBack(Fault why) {
        staging.rollBack(settled, ends.written());
        observer.rolledBack(ends.written(), why);
    }

    /// Whether anything is to be done beside appends: with [Durability#FSYNC] what was written is
    /// to become durable.
    public boolean needsUpkeep() {
        // A cut waits until nothing is underway: a log that asked for more would wait for ever.
        return health != Health.FAILED && damage == null && upkeep.isDue(options);
    }

    @Override
    public void wantFlush() {
        upkeep.wantFlush();
    }

    @Override
    public Upkeep upkeep() {
        return health == Health.FAILED || damage != null ? upkeep.nothing() : upkeep.begin(options);
    }

    @Override
    public void keptUp(Upkeep done, Result<Result.Done> result) {
        if (health == Health.FAILED) {
            upkeep.abandon();
        } else if (result instanceof Result.Failed<Result.Done>(Fault fault)) {
            upkeep.abandon();
            fail(fault);
        } else {
            upkeep.done();
            ends.durableUpTo(done.end());
            producers.highWatermarkMoved(ends.highWatermark());
            observer.durable(ends.durable());
        }
    }

    /// Its directory has failed: nothing more is taken in, and nothing that is not durable yet is
    /// acknowledged.
    public void fail(Fault why) {
        if (health != Health.FAILED) {
            health = Health.FAILED;
            staging.rollBack(settled, ends.written());
            observer.failed(ends.durable(), why);
        }
    }

    /// Closes the files, without a flush; what is staged is forgotten.
    public void close() {
        staging.rollBack(settled, ends.written());
        segments.close();
    }
}
