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
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The ordered bytes of one partition: `stage` checks a batch against all that came before it and
/// gives it its place, `commit` writes what is staged, in one call to the host for each segment;
/// its [Upkeep] makes durable what is written. Lives on its owner shard.
///
/// What takes longer than a write and has to come before it is a [Chore]: while one is underway,
/// batches are staged and nothing is written.
public final class Log implements Upkeep.Kept {
    private final Surroundings surroundings;
    private final LogObserver observer;
    private final Ends ends;
    private LogOptions options;
    private Loaded loaded;
    private Staging staging;
    private LogUpkeep upkeep;
    private LogReads reads;
    private Committing committing;

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
        this.ends = new Ends(options.durability(), loaded.start(), loaded.end());
        this.loaded = loaded;
        this.staging = new Staging(surroundings.intake(), options, loaded);
        this.upkeep = new LogUpkeep(surroundings.disk(), loaded.segments(), ends);
        this.reads = new LogReads(surroundings, loaded, ends);
        this.committing = committing();
    }

    private Committing committing() {
        return new Committing(
                surroundings, new Committing.Parts(loaded, staging, ends, upkeep), observer);
    }

    /// What a truncation has left takes the place of what was there.
    private void adopt(Loaded left) {
        loaded = left;
        staging = new Staging(surroundings.intake(), options, left);
        upkeep = new LogUpkeep(surroundings.disk(), left.segments(), ends);
        reads = new LogReads(surroundings, left, ends);
        Committing before = committing;
        committing = committing();
        committing.goOnAfter(before);
        ends.cutAt(left.start(), left.end());
        observer.truncated(left.end());
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
        return committing.writtenBytes();
    }

    Durability durability() {
        return options.durability();
    }

    /// Whether something is staged.
    boolean hasStaged() {
        return staging.first() != null;
    }

    /// Whether its files have all that they should; if not, `commit` has something to do. Only a
    /// settled log is handed over.
    boolean isSettled() {
        return committing.isSettled();
    }

    /// Whether it takes nothing more in.
    boolean hasFailed() {
        return committing.hasFailed();
    }

    /// The offset that the next batch will have.
    public long stagedEnd() {
        return staging.end();
    }

    /// What may be written down as durable.
    long recoveryPoint() {
        return RecoveryPoint.of(loaded.segments(), ends.durable());
    }

    /// Where its first segment begins.
    long firstBase() {
        return loaded.segments().firstBase();
    }

    /// What it is made of now: a truncation puts something else in its place.
    Loaded loaded() {
        return loaded;
    }

    Producers producers() {
        return loaded.producers();
    }

    LeaderEpochs epochs() {
        return loaded.epochs();
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
        producers().highWatermarkMoved(ends.highWatermark());
    }

    /// The configuration has changed.
    public void options(LogOptions changed) {
        options = changed;
        staging.options(changed);
        producers().limits(changed.producers());
        ends.durability(changed.durability());
    }

    /// Takes a batch in; the region is the log's from here on, whatever the outcome.
    public Outcome stage(MemoryRegion region, Appender appender, int leaderEpoch) {
        Outcome outcome =
                hasFailed()
                        ? new Outcome.Refused(
                                ErrorCode.KAFKA_STORAGE_ERROR, "the disk of this log has failed")
                        : staging.take(
                                region, appender, leaderEpoch, surroundings.clock().wallMillis());
        if (!(outcome instanceof Outcome.Staged)) {
            region.release();
        }
        return outcome;
    }

    /// Takes back what is staged, and what the log has from an offset on; readers must not have
    /// seen any of it. `commit` gives the chore; while it is underway nothing is appended. The
    /// recovery point that is written down must not be above the offset before that chore runs.
    ///
    /// The log ends at the offset then, even if the last batch that is left ends lower.
    public void truncateTo(long offset) {
        Check.that(offset >= 0, "a log is cut at an offset", offset);
        if (offset >= ends.written() && committing.isIdle()) {
            committing.forgetStaged();
            observer.truncated(ends.written());
        } else {
            committing.endWith(() -> {
                long end = Math.min(offset, ends.written());
                return truncate(end, Math.min(end, ends.start()), false);
            });
        }
    }

    /// Takes back all that the log has, and begins anew at an offset.
    public void restartAt(long offset) {
        Check.that(offset >= 0, "a log begins at an offset", offset);
        committing.endWith(() -> truncate(offset, offset, true));
    }

    /// Its segments are those that there are when nothing is underway any more.
    private Truncate truncate(long offset, long start, boolean anew) {
        Segments segments = loaded.segments();
        return new Truncate(
                surroundings,
                options,
                new Truncate.Plan(offset, start, anew, segments.bases(), segments.tendLast()));
    }

    /// Writes what is staged; a chore when something has to be done first. Call it once a cycle,
    /// and after each chore.
    public @Nullable Chore commit() {
        return committing.commit(options.indexes());
    }

    /// A chore has run. Then `commit` again.
    public void done(Chore chore, Result<Result.Done> result) {
        if (chore instanceof Truncate cut && result instanceof Result.Ok && !hasFailed()) {
            committing.forgetStaged();
            loaded.segments().close();
            adopt(cut.left());
        } else {
            committing.done(chore, result);
        }
    }

    /// Whether anything is to be done beside appends: with [Durability#FSYNC] what was written is
    /// to become durable.
    public boolean needsUpkeep() {
        // What must run alone waits: a log that asked for more meanwhile would wait for ever.
        return !hasFailed() && !committing.isAlone() && upkeep.isDue(options);
    }

    @Override
    public void wantFlush() {
        upkeep.wantFlush();
    }

    @Override
    public Upkeep upkeep() {
        return hasFailed() || committing.isAlone() ? upkeep.nothing() : upkeep.begin(options);
    }

    @Override
    public void keptUp(Upkeep done, Result<Result.Done> result) {
        if (hasFailed()) {
            upkeep.abandon();
        } else if (result instanceof Result.Failed<Result.Done>(Fault fault)) {
            upkeep.abandon();
            fail(fault);
        } else {
            upkeep.done();
            ends.durableUpTo(done.end());
            producers().highWatermarkMoved(ends.highWatermark());
            observer.durable(ends.durable());
        }
    }

    /// Its directory has failed: nothing more is taken in, and nothing that is not durable yet is
    /// acknowledged.
    public void fail(Fault why) {
        committing.fail(why);
    }

    /// Closes the files, without a flush; what is staged is forgotten.
    public void close() {
        committing.forgetStaged();
        loaded.segments().close();
    }
}
