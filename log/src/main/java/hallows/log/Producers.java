package hallows.log;

import hallows.model.BatchView;
import hallows.model.ErrorCode;
import hallows.runtime.Check;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The producers of one log and their transactions: what may be appended next, what was appended
/// before, and how far readers of committed records may read.
///
/// A batch is checked against all that is staged, then staged; `commit` shows it to readers once it
/// is written, `rollback` forgets it when it could not be. One append is the batches of one
/// request: they are judged against the state before the first of them, and taken or refused
/// together.
///
/// Lives on its log's owner shard. Touches no disk: whoever owns the files hands in what was read
/// and writes what comes out.
final class Producers {
    private final ProducerTable table = new ProducerTable();
    private final VerificationGuards guards = new VerificationGuards();
    private final ArrayDeque<StagedBatch> staged = new ArrayDeque<>(0);

    private ProducerLimits limits;
    private int stagedBeforeAppend;
    private long append;
    private long mapEnd;
    private long snapshotEnd;
    private boolean hasSnapshot;

    Producers(ProducerLimits limits) {
        this.limits = limits;
    }

    /// The configuration has changed.
    void limits(ProducerLimits changed) {
        limits = changed;
    }

    /// A new append begins; what `check` says from now on is about its batches.
    void beginAppend() {
        append++;
        stagedBeforeAppend = staged.size();
    }

    /// Forgets the batches of the append that began last: one of them was refused, so all are.
    void undoAppend() {
        undoDownTo(stagedBeforeAppend);
    }

    /// Whether the next batch of this append may be staged.
    ProducerVerdict check(BatchView batch, Appender appender) {
        if (!batch.hasProducer()) {
            return ProducerVerdict.Fits.YES;
        }
        long producerId = batch.producerId();
        ProducerSlot slot = table.slot(producerId);
        VerificationGuard asked = guards.of(producerId);
        boolean proven =
                !limits.verifiesTransactions() || (asked != null && asked == appender.guard());
        if (slot == null) {
            ProducerState unknown = ProducerState.unknown(producerId);
            return new ProducerRules(batch, appender, unknown, unknown, asked, proven).judge();
        }
        ProducerState base = slot.baseOf(append);
        VerificationGuard askedBefore = slot.guardOf(append, asked);
        return new ProducerRules(batch, appender, base, slot.latest(), askedBefore, proven).judge();
    }

    /// Takes in a batch that fits and gets its place at `firstOffset`. Its timestamps must be
    /// final.
    void stage(BatchView batch, long firstOffset) {
        if (!batch.hasProducer()) {
            return;
        }
        ProducerSlot slot = table.slotFor(batch.producerId());
        slot.enter(append, guards.of(batch.producerId()));
        ControlBatch control = batch.isControl() ? ControlBatch.read(batch) : null;
        ProducerState next =
                switch (control) {
                    case null -> slot.latest().withBatch(batch, firstOffset);
                    case EndMarker marker ->
                            slot.latest().withMarker(batch.producerEpoch(), marker);
                    case ControlBatch.Swept(), ControlBatch.Malformed(_) -> slot.latest();
                };
        staged.addLast(
                new StagedBatch(
                        slot,
                        slot.latest,
                        next,
                        firstOffset + batch.lastOffsetDelta(),
                        control instanceof EndMarker marker ? marker : null,
                        guards.withdrawnBy(batch)));
        slot.latest = next;
    }

    /// All that is staged below `upTo` is written: readers see it. Answers the transactions that
    /// were aborted by it, in the order of their markers, for the segments that hold these.
    List<AbortedTransaction> commit(long upTo) {
        List<AbortedTransaction> aborted = List.of();
        while (!staged.isEmpty() && staged.getFirst().lastOffset() < upTo) {
            AbortedTransaction ended = table.commit(staged.removeFirst());
            if (ended != null) {
                aborted = aborted.isEmpty() ? new ArrayList<>() : aborted;
                aborted.add(ended);
            }
        }
        mapEnd = upTo;
        beginAppend();
        return aborted;
    }

    /// Nothing that is staged was written: all of it is forgotten.
    void rollback() {
        undoDownTo(0);
    }

    private void undoDownTo(int kept) {
        while (staged.size() > kept) {
            StagedBatch last = staged.removeLast();
            table.undo(last);
            guards.restore(last.slot().producerId, last.guard());
        }
        beginAppend();
    }

    /// Takes in a batch of this log's own files, staged and committed in one. It must have passed
    /// `check` as a replicated one.
    List<AbortedTransaction> replay(BatchView batch) {
        Check.that(staged.isEmpty(), "nothing is staged while a log is replayed");
        stage(batch, batch.baseOffset());
        return commit(batch.nextOffset());
    }

    /// Before a transaction's first batch: what to show with the batch when the coordinator has
    /// confirmed. [VerificationGuard#NONE] when the transaction is under way and nobody need be
    /// asked.
    Verifying verify(VerificationAsk ask, long nowMillis) {
        ProducerSlot slot = table.slot(ask.producerId());
        if (slot != null && ask.epoch() < slot.latest().epoch()) {
            return new ProducerVerdict.Refused(
                    ErrorCode.INVALID_PRODUCER_EPOCH,
                    "producer "
                            + ask.producerId()
                            + ": epoch "
                            + ask.epoch()
                            + " is over, "
                            + slot.latest().epoch()
                            + " is current");
        }
        return slot != null && slot.latest().hasTransaction(ask.epoch())
                ? VerificationGuard.NONE
                : guards.include(ask, nowMillis);
    }

    /// What is known of a producer, without what is staged.
    @Nullable ProducerState producer(long producerId) {
        ProducerSlot slot = table.slot(producerId);
        return slot == null ? null : slot.committed;
    }

    /// How many producers are known.
    int count() {
        return table.count();
    }

    /// Calls `each` with every producer that is known, by ascending id.
    void forEach(Consumer<ProducerState> each) {
        table.forEach(each);
    }

    /// Whether nothing is known, as in a log that never saw a producer.
    boolean isEmpty() {
        return table.count() == 0 && !table.transactions().hasUnreplicated();
    }

    /// Where the first transaction begins whose end is not written yet.
    OptionalLong firstUndecidedOffset() {
        return table.transactions().firstUndecidedOffset();
    }

    /// Where the first transaction begins whose end is not written, or not replicated, yet.
    OptionalLong firstUnstableOffset() {
        return table.transactions().firstUnstableOffset();
    }

    /// How far a reader of committed records may read.
    long lastStableOffset(long highWatermark, long logStart) {
        OptionalLong unstable = firstUnstableOffset();
        return unstable.isEmpty()
                ? highWatermark
                : Math.min(highWatermark, Math.max(unstable.getAsLong(), logStart));
    }

    /// All below is replicated: what ended there holds nothing back any more.
    void highWatermarkMoved(long highWatermark) {
        table.transactions().forgetEndedBelow(highWatermark);
    }

    /// Whether the oldest transaction has been silent for so long that its coordinator must have
    /// forgotten it.
    boolean hasLateTransaction(long nowMillis, long transactionMillisMax) {
        return table.hasLateTransaction(nowMillis, transactionMillisMax);
    }

    /// Forgets producers that were idle for too long, and questions that were never answered.
    void expire(long nowMillis) {
        table.expire(nowMillis, limits.expirationMillis());
        guards.expire(nowMillis, limits.expirationMillis());
    }

    /// The log was cut at `end`: what ended below may be cut next, and is not stable before it is
    /// replicated.
    void keepUnstable(Producers before, long end) {
        table.transactions().keepEnded(before.table.transactions(), end);
    }

    /// The log begins at `logStart` now, and its snapshots are as they were.
    void logStartMoved(long logStart) {
        logStartMoved(logStart, hasSnapshot ? snapshotEnd : logStart);
    }

    /// The log begins at `logStart` now; `latestSnapshot` is the end of the latest snapshot that is
    /// left, or `logStart`. Producers whose batches are gone stay known until they expire.
    void logStartMoved(long logStart, long latestSnapshot) {
        table.transactions().forgetEndedBelow(logStart);
        mapEnd = Math.max(mapEnd, logStart);
        snapshotEnd = latestSnapshot;
    }

    /// Forgets all: the log is empty and begins at `offset`, and no snapshot is left.
    void restart(long offset) {
        clear(offset, 0);
    }

    /// Forgets all: there is no snapshot, and the log is replayed from its start.
    void reload(long logStart) {
        clear(logStart, logStart);
    }

    /// Takes the state from the snapshot that ends at `offset`, without those that have expired;
    /// the log is replayed from there.
    void reload(List<ProducerState> snapshot, long offset, long nowMillis) {
        clear(offset, offset);
        hasSnapshot = true;
        List<ProducerState> remembered = new ArrayList<>(snapshot);
        remembered.removeIf(state -> state.isExpired(nowMillis, limits.expirationMillis()));
        table.load(remembered);
    }

    private void clear(long end, long latestSnapshot) {
        Check.that(staged.isEmpty(), "nothing is staged when producers are forgotten");
        table.clear();
        mapEnd = end;
        snapshotEnd = latestSnapshot;
        hasSnapshot = false;
    }

    /// Where the log ended when this was last changed: all below is taken into account.
    long mapEnd() {
        return mapEnd;
    }

    /// The log ends at `offset`, and nothing that is known changes with it.
    void mapEnd(long offset) {
        mapEnd = offset;
    }

    /// Whether a snapshot would say more than the last.
    boolean isSnapshotDue() {
        return mapEnd > snapshotEnd;
    }

    /// What readers see, as the bytes of the file that is named after `mapEnd`.
    ByteBuffer snapshot() {
        List<ProducerState> producers = new ArrayList<>(table.count());
        table.forEach(producers::add);
        return ProducerSnapshot.encode(producers);
    }

    /// The snapshot named after `mapEnd` is there.
    void snapshotTaken() {
        snapshotEnd = mapEnd;
        hasSnapshot = true;
    }
}
