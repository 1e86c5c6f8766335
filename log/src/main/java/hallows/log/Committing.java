package hallows.log;

import hallows.log.LeaderEpochs.EpochStart;
import hallows.model.ErrorCode;
import hallows.model.Outcome;
import hallows.runtime.Check;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.runtime.Written;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The second half of an append: writes what is staged, and says what has to be done elsewhere
/// before it can go on.
///
/// Lives on its log's shard.
final class Committing {
    /// Batches in one write at most.
    private static final int WRITE_BATCHES_MAX = 256;

    private enum Health {
        SOUND,
        /// A chore is underway.
        BUSY,
        /// It has left its shard.
        GONE,
        /// Nobody knows what the disk holds beyond the durable end.
        FAILED
    }

    private final Log.Surroundings place;
    private final LogParts parts;
    private final LogObserver observer;
    private Health health = Health.SOUND;
    private Pace settled;

    /// What a failed write has left. It must not run beside an upkeep, and no truncation may
    /// either: a cut and a flush of one file might be told each other's failure.
    private @Nullable Cut cut;

    /// What was asked for, in this order, each of it about the log as it is by then.
    private final ArrayDeque<Supplier<Truncate>> truncations = new ArrayDeque<>();

    /// What has found no room, or what a failure has left to be done: nothing is written before.
    private @Nullable Chore owed;

    private boolean leaving;
    private long writtenBytes;

    Committing(Log.Surroundings place, LogParts parts, LogObserver observer) {
        this.place = place;
        this.parts = parts;
        this.observer = observer;
        this.settled = parts.log().pace();
    }

    /// Goes on with what a truncation has left, and with what was asked for meanwhile.
    Committing afterCut(LogParts left) {
        Committing next = new Committing(place, left, observer);
        next.leaving = leaving;
        next.truncations.addAll(truncations);
        next.truncations.removeFirst();
        return next;
    }

    /// How many bytes have been appended since the log was opened or cut.
    long writtenBytes() {
        return writtenBytes;
    }

    boolean hasFailed() {
        return health == Health.FAILED;
    }

    /// Why nothing is taken in, if it is so.
    Outcome.@Nullable Refused refusal() {
        if (hasFailed()) {
            return new Outcome.Refused(
                    ErrorCode.KAFKA_STORAGE_ERROR, "the disk of this log has failed");
        }
        return leaving
                ? new Outcome.Refused(
                        ErrorCode.NOT_LEADER_OR_FOLLOWER, "this log is about to leave its shard")
                : null;
    }

    /// Whether something waits, or is underway, that no upkeep may run beside.
    boolean isAlone() {
        return cut != null || !truncations.isEmpty();
    }

    /// Writes what is staged; a chore when something has to be done first.
    @Nullable Chore commit() {
        Chore chore = isSound() ? next() : null;
        if (chore == null || !isSound()) {
            // Whoever heard of what was written may have ended the log.
            return null;
        }
        health = Health.BUSY;
        return chore;
    }

    private @Nullable Chore next() {
        // A truncation needs nothing of it: the segment that entries have found no room for goes,
        // or has its indexes made again, and the recovery point is lowered for it anyway.
        Chore chore = truncations.isEmpty() ? owed : null;
        while (chore == null && isIdle() && parts.staging().first() != null) {
            chore = step(parts.staging().first());
        }
        return chore == null && isAlone() && !parts.upkeep().isUnderway() ? lonely() : chore;
    }

    private Chore lonely() {
        return cut != null ? cut : truncations.getFirst().get();
    }

    private boolean isSound() {
        return health == Health.SOUND;
    }

    private @Nullable Chore step(Staged next) {
        return switch (next) {
            case Staged.Roll(long base, IndexLimits limits) ->
                    roll(new RollOver.Next(base, limits, writtenBytes == 0));
            case Staged.Epoch(List<EpochStart> known) ->
                    new NoteEpochs(place.disk(), place.directory(), known);
            case Staged.Append _ -> write();
        };
    }

    private @Nullable Chore write() {
        Segment active = parts.log().segments().active();
        List<ByteBuffer> buffers = new ArrayList<>();
        for (Staged next : parts.staging().all()) {
            if (!(next instanceof Staged.Append append) || buffers.size() == WRITE_BATCHES_MAX) {
                break;
            }
            buffers.add(append.region().buffer());
        }
        Written outcome = active.write(buffers);
        if (outcome.fault() != null) {
            cut = new Cut(active, settled.bytes(), outcome.fault());
            return null;
        }
        for (int i = 0; i < buffers.size(); i++) {
            settle(active, (Staged.Append) parts.staging().done());
        }
        long end = parts.ends().written();
        List<AbortedTransaction> aborted = parts.log().producers().commit(end);
        parts.log().producers().highWatermarkMoved(parts.ends().highWatermark());
        observer.written(end);
        return aborted.isEmpty() ? null : new NoteAborted(place.disk(), active.aborted(aborted));
    }

    private void settle(Segment active, Staged.Append append) {
        active.appended(append.batch());
        settled = settled.after(append.batch());
        writtenBytes += append.batch().bytes();
        parts.ends().writtenUpTo(append.batch().lastOffset() + 1);
        append.region().release();
    }

    private Chore roll(RollOver.Next next) {
        Producers producers = parts.log().producers();
        parts.log().segments().active().indexes().seal();
        producers.mapEnd(next.base());
        return new RollOver(
                place.disk(),
                place.directory(),
                next,
                producers.isSnapshotDue() ? producers.snapshot() : null);
    }

    /// Whether the files have all that they should: nothing is staged, underway or owed.
    boolean isSettled() {
        return isIdle() && parts.staging().first() == null && owed == null;
    }

    /// Takes nothing more in; what is staged finds its end.
    void leave() {
        leaving = true;
    }

    /// Does nothing more: the files are somebody else's.
    void left() {
        Check.that(isSettled(), "only a settled log leaves");
        leaving = true;
        health = Health.GONE;
    }

    /// Whether nothing is underway or waits for it.
    boolean isIdle() {
        return isSound() && !isAlone();
    }

    /// Nothing is written any more; as soon as nothing is underway, a part of the log is taken
    /// back.
    void endWith(Supplier<Truncate> truncation) {
        truncations.addLast(truncation);
    }

    /// A chore has run.
    void done(Chore chore, Result<Result.Done> result) {
        Check.that(health != Health.SOUND, "a chore was underway");
        if (health == Health.FAILED) {
            chore.abandon();
            return;
        }
        health = Health.SOUND;
        switch (result) {
            case Result.Ok<Result.Done> _ -> done(chore);
            case Result.Failed<Result.Done>(Fault fault) -> failed(chore, fault);
        }
    }

    private void done(Chore chore) {
        switch (chore) {
            case RollOver roll -> rolledOver(roll);
            case NoteEpochs _ -> parts.staging().done();
            case Cut done -> {
                cut = null;
                rollBack(done.why());
            }
            case NoteAborted _, LowerPoint _ -> owed = null;
            case Truncate _ -> {}
        }
    }

    private void rolledOver(RollOver roll) {
        if (roll.hasSnapshot()) {
            parts.log().producers().snapshotTaken();
        }
        Segment next = roll.made();
        parts.log().segments().rolled(next);
        settled = Pace.begun(next.base(), place.clock().wallMillis());
        parts.staging().done();
    }

    private void failed(Chore chore, Fault why) {
        chore.abandon();
        switch (chore) {
            case RollOver roll when roll.isUndone() -> {
                owed = roll.mayLeaveGap() ? new LowerPoint() : null;
                rollBack(why);
            }
            case NoteEpochs _, LowerPoint _ -> rollBack(why);
            case NoteAborted note when why.kind() == Fault.Kind.NO_SPACE -> {
                owed = note;
                rollBack(why);
            }
            // Whatever of it was done is done again when somebody comes for it.
            case Truncate _ when why.kind() == Fault.Kind.NO_SPACE -> rollBack(why);
            case RollOver _, Cut _, NoteAborted _, Truncate _ -> fail(why);
        }
    }

    /// Nothing that is staged was written; the log is as if it had never been brought.
    private void rollBack(Fault why) {
        forgetStaged();
        observer.rolledBack(parts.ends().written(), why);
    }

    /// What is staged is not written.
    void forgetStaged() {
        parts.staging().rollBack(settled, parts.ends().written());
    }

    /// Nothing is taken in any more.
    void fail(Fault why) {
        if (!hasFailed() && health != Health.GONE) {
            health = Health.FAILED;
            forgetStaged();
            observer.failed(parts.ends().durable(), why);
        }
    }
}
