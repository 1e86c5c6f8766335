package hallows.log;

import hallows.model.BatchView;
import hallows.model.ErrorCode;
import hallows.model.Outcome;
import hallows.runtime.MemoryRegion;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// The first half of an append: decides what becomes of a batch, as if all that is staged before it
/// were in the files already. Touches no file.
///
/// Lives on its log's shard.
final class Staging {
    private final Intake intake;
    private final RollJitter jitter;
    private final Segments segments;
    private final Producers producers;
    private final LeaderEpochs epochs;
    private final ArrayDeque<Staged> staged = new ArrayDeque<>();
    private LogOptions options;
    private Pace forecast;
    private long end;

    Staging(Log.Surroundings place, LogOptions options, Loaded loaded) {
        this.intake = place.intake();
        this.jitter = RollJitter.of(place.directory());
        this.options = options;
        this.segments = loaded.segments();
        this.producers = loaded.producers();
        this.epochs = loaded.epochs();
        this.forecast = loaded.pace();
        this.end = loaded.end();
    }

    void options(LogOptions changed) {
        options = changed;
    }

    /// The offset that the next batch will have.
    long end() {
        return end;
    }

    /// What is to be done next; null when nothing is staged.
    @Nullable Staged first() {
        return staged.peekFirst();
    }

    /// All that is to be done, in its order.
    Iterable<Staged> all() {
        return staged;
    }

    /// The first was done.
    Staged done() {
        return staged.removeFirst();
    }

    /// The next batch will be of this epoch at the earliest, if one comes.
    void begin(int leaderEpoch) {
        begin(leaderEpoch, end);
    }

    /// Decides about a batch; its region is still the caller's unless it was staged.
    Outcome take(MemoryRegion region, Appender appender, int leaderEpoch, long now) {
        Outcome.Refused refused =
                intake.refusal(region.buffer(), appender.origin(), options.intake(), now);
        if (refused != null) {
            return refused;
        }
        BatchView batch = intake.batch();
        if (!appender.isTrusted()) {
            intake.place(end, leaderEpoch, options.records(), now);
        } else if (isMisplaced(batch, leaderEpoch)) {
            return misplaced(batch, leaderEpoch);
        }
        begin(batch.leaderEpoch(), batch.baseOffset());
        return fitted(region, batch, appender, now);
    }

    /// A batch of a later epoch was sent before this replica knew of it: its log may have to be cut
    /// first.
    private boolean isMisplaced(BatchView batch, int leaderEpoch) {
        return batch.baseOffset() < end
                || batch.nextOffset() <= batch.baseOffset()
                || batch.leaderEpoch() < 0
                || batch.leaderEpoch() > leaderEpoch;
    }

    private Outcome.Refused misplaced(BatchView batch, int leaderEpoch) {
        return new Outcome.Refused(
                ErrorCode.OFFSET_OUT_OF_RANGE,
                "a replicated batch of epoch %d begins at %d, the log has come to %d and epoch %d"
                        .formatted(batch.leaderEpoch(), batch.baseOffset(), end, leaderEpoch));
    }

    /// An epoch that is new is kept before its first record is.
    private void begin(int leaderEpoch, long offset) {
        if (epochs.assign(leaderEpoch, offset)) {
            staged.addLast(new Staged.Epoch(epochs.entries()));
        }
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
        rollIfDue(batch.baseOffset(), measures, now);
        producers.beginAppend();
        return switch (producers.check(batch, appender)) {
            case ProducerVerdict.Refused(ErrorCode code, String message) ->
                    new Outcome.Refused(code, message);
            case ProducerVerdict.Duplicate(long first, long last, long timestamp) ->
                    new Outcome.Duplicate(first, last, timestamp);
            case ProducerVerdict.Fits _ -> staged(region, batch, measures);
        };
    }

    private void rollIfDue(long base, Pace.Batch batch, long now) {
        // Of the segment that a staged roll begins nothing is in an index yet.
        boolean full =
                forecast.base() == segments.active().base() && segments.active().indexes().isFull();
        if (full || forecast.rollsBefore(batch, options, jitter, now)) {
            staged.addLast(new Staged.Roll(base, options.indexes()));
            forecast = Pace.begun(base, now);
        }
    }

    private Outcome staged(MemoryRegion region, BatchView batch, Pace.Batch measures) {
        MemoryRegion kept = intake.kept(region);
        if (kept == null) {
            return new Outcome.Refused(
                    ErrorCode.REQUEST_TIMED_OUT,
                    "no memory for %d bytes that a batch was packed anew to"
                            .formatted(batch.sizeBytes()));
        }
        if (kept != region) {
            region.release();
        }
        long first = batch.baseOffset();
        producers.stage(batch, first);
        staged.addLast(new Staged.Append(kept, measures));
        forecast = forecast.after(measures);
        end = batch.nextOffset();
        return new Outcome.Staged(
                first, batch.lastOffset(), batch.hasLogAppendTime() ? batch.maxTimestamp() : -1);
    }

    /// Nothing that is staged was written: it is as if it had never been brought.
    void rollBack(Pace settled, long writtenEnd) {
        for (Staged next : staged) {
            if (next instanceof Staged.Append append) {
                append.region().release();
            }
        }
        staged.clear();
        producers.rollback();
        epochs.truncateFromEnd(writtenEnd);
        forecast = settled;
        end = writtenEnd;
    }
}
