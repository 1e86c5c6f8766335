package hallows.log;

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
    private LogParts parts;
    private Committing committing;

    /// Where a log is and what it uses there.
    ///
    /// @param disk where its files are
    /// @param directory its own
    /// @param clock the wall's, for timestamps and rolls
    /// @param intake the shard's
    /// @param recent the shard's too: files of all its logs that readers have open
    public record Surroundings(
            Disk disk, Path directory, Clock clock, Intake intake, RecentFiles recent) {}

    /// A log of what was found on the disk. On its shard, of what a blocking job has found.
    Log(Surroundings surroundings, LogOptions options, Loaded loaded, LogObserver observer) {
        this.surroundings = surroundings;
        this.options = options;
        this.observer = observer;
        this.ends = new Ends(options.durability(), loaded.start(), loaded.end());
        this.parts = LogParts.of(surroundings, options, loaded, ends);
        this.committing = new Committing(surroundings, parts, observer);
    }

    /// What a truncation has left takes the place of what was there.
    private void adopt(Truncate cut) {
        committing.forgetStaged();
        Loaded before = parts.log();
        before.segments().close(surroundings.recent());
        parts = LogParts.of(surroundings, options, cut.left(), ends);
        committing = committing.afterCut(parts);
        parts.cut(before.producers(), cut.isAnew());
        observer.truncated(ends.written());
    }

    /// Makes an empty log. In a blocking job.
    public static Result<Log> create(
            Surroundings surroundings, LogOptions options, LogObserver observer) {
        return switch (Loaded.create(surroundings, options)) {
            case Result.Failed<Loaded>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<Loaded>(Loaded empty) ->
                    new Result.Ok<>(new Log(surroundings, options, empty, observer));
        };
    }

    /// How far it has come.
    public Ends ends() {
        return ends;
    }

    /// How many bytes have been appended since it was opened or cut.
    public long writtenBytes() {
        return committing.writtenBytes();
    }

    /// Whether something is staged.
    boolean hasStaged() {
        return parts.staging().first() != null;
    }

    /// Whether its files have all; if not, `commit` has something to do.
    boolean isSettled() {
        return committing.isSettled();
    }

    /// Takes nothing more in, because it is about to be handed over.
    void leave() {
        committing.leave();
    }

    /// Whether it can be handed over: its files have all, and nothing is done with them.
    boolean isStill() {
        return committing.isSettled() && !parts.upkeep().isUnderway();
    }

    /// Gives up its files, when nothing was done with it yet. Of a log that is served,
    /// [Logs#handOver] does, when it can.
    public Handover handOver(PartitionName name) {
        Check.that(isStill(), "a log is handed over when it is still");
        committing.left();
        return new Handover(name, surroundings, parts.log(), ends);
    }

    /// Whether it takes nothing more in.
    boolean hasFailed() {
        return committing.hasFailed();
    }

    /// The offset that the next batch will have.
    public long stagedEnd() {
        return parts.staging().end();
    }

    /// What may be written down about it.
    LogOffsets offsets() {
        return parts.offsets();
    }

    /// What it is made of now: a truncation puts something else in its place.
    Loaded loaded() {
        return parts.log();
    }

    Producers producers() {
        return parts.log().producers();
    }

    LeaderEpochs epochs() {
        return parts.log().epochs();
    }

    /// Readers of committed records see what is below.
    public long lastStableOffset() {
        return producers().lastStableOffset(ends.highWatermark(), ends.start());
    }

    /// Forgets producers that were idle for too long; now and then.
    public void expireProducers() {
        producers().expire(surroundings.clock().wallMillis());
    }

    /// How to find what a reader wants, in a blocking job; null when the offset is not in the log.
    public @Nullable Lookup lookup(Lookup.Question question) {
        return parts.reads().lookup(question);
    }

    /// The answer to who reads where the log grows, at once, with memory of his shard; null when it
    /// takes a `lookup`.
    public Reading.@Nullable Answer readNow(Lookup.Question question, Home home, Buffers buffers) {
        return parts.reads().readNow(question, home, buffers);
    }

    /// How to find the record that a timestamp stands for, in a blocking job.
    public TimeLookup timeLookup(long timestamp) {
        return parts.reads().timeLookup(timestamp);
    }

    /// Where the epoch of a leader ended.
    public EpochEnd epochEnd(int epoch) {
        return parts.reads().epochEnd(epoch);
    }

    /// All replicas that count have what is below; readers see it as soon as it is kept here too.
    public void agreedUpTo(long offset) {
        ends.agreedUpTo(offset);
        producers().highWatermarkMoved(ends.highWatermark());
    }

    /// Configured anew. Tell [Logs#staged]: what is written may have to become durable now.
    public void options(LogOptions changed) {
        options = changed;
        parts.staging().options(changed);
        producers().limits(changed.producers());
        ends.durability(changed.durability());
        producers().highWatermarkMoved(ends.highWatermark());
    }

    /// A leader's epoch begins here, also without records. Tell [Logs#staged]: it is written down.
    public void begin(int leaderEpoch) {
        parts.staging().begin(leaderEpoch);
    }

    /// Takes a batch in; the region is the log's from here on, whatever the outcome.
    public Outcome stage(MemoryRegion region, Appender appender, int leaderEpoch) {
        Outcome.Refused refused = committing.refusal();
        long now = surroundings.clock().wallMillis();
        Outcome outcome =
                refused != null
                        ? refused
                        : parts.staging().take(region, appender, leaderEpoch, now);
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
            truncate(offset, false);
        }
    }

    /// Takes back all that the log has, and begins anew at an offset: a replica does that has
    /// nothing in common with its leader. All below counts as agreed.
    public void restartAt(long offset) {
        Check.that(offset >= 0, "a log begins at an offset", offset);
        truncate(offset, true);
    }

    /// Gives up what is below an offset: to delete records, to retain no more than is wanted, or to
    /// follow a leader who did. Readers find it out of range at once; the next checkpoint says it.
    /// Whole segments below stay until somebody removes them.
    ///
    /// @return why not: what readers have not seen is not given up
    public Outcome.@Nullable Refused startAt(long offset) {
        return parts.startAt(offset);
    }

    private void truncate(long offset, boolean anew) {
        // Of what there is when nothing is underway any more.
        committing.endWith(
                () -> new Truncate(surroundings, options, parts.truncation(offset, anew)));
    }

    /// Writes what is staged; a chore when something has to be done first. Call it once a cycle,
    /// and after each chore.
    public @Nullable Chore commit() {
        return committing.commit();
    }

    /// A chore has run. Then `commit` again.
    public void done(Chore chore, Result<Result.Done> result) {
        if (chore instanceof Truncate cut && result instanceof Result.Ok && !hasFailed()) {
            adopt(cut);
        } else {
            committing.done(chore, result);
        }
    }

    /// Whether anything is to be done beside appends: with [Durability#FSYNC] what was written is
    /// to become durable.
    public boolean needsUpkeep() {
        // What must run alone waits: a log that asked for more meanwhile would wait for ever.
        return !hasFailed() && !committing.isAlone() && parts.upkeep().isDue(options);
    }

    @Override
    public void wantFlush() {
        parts.upkeep().wantFlush();
    }

    @Override
    public Upkeep upkeep() {
        return hasFailed() || committing.isAlone()
                ? parts.upkeep().nothing()
                : parts.upkeep().begin(options);
    }

    @Override
    public void keptUp(Upkeep done, Result<Result.Done> result) {
        if (hasFailed()) {
            parts.upkeep().abandon();
        } else if (result instanceof Result.Failed<Result.Done>(Fault fault)) {
            parts.upkeep().abandon();
            fail(fault);
        } else {
            parts.upkeep().done();
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
        parts.log().segments().close(surroundings.recent());
    }
}
