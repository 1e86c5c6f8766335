package hallows.log;

import hallows.model.BatchView;
import org.jspecify.annotations.Nullable;

/// What a log knows of one producer. Immutable: a batch makes a new state of the old, so that what
/// is staged and what is committed can stand side by side.
final class ProducerState {
    static final short NO_EPOCH = -1;
    static final int NO_COORDINATOR_EPOCH = -1;
    static final long NO_TRANSACTION = -1;

    /// A client has at most so many batches under way, so that only these can come again.
    static final int RETAINED_MAX = 5;

    private static final RetainedBatch[] NONE = {};

    private final long producerId;
    private final short epoch;
    private final int coordinatorEpoch;
    private final long lastTimestamp;
    private final long transactionStart;
    private final RetainedBatch[] retained;

    private ProducerState(Header header, RetainedBatch[] retained) {
        this.producerId = header.producerId;
        this.epoch = header.epoch;
        this.coordinatorEpoch = header.coordinatorEpoch;
        this.lastTimestamp = header.lastTimestamp;
        this.transactionStart = header.transactionStart;
        this.retained = retained;
    }

    /// A producer as it is before its first batch.
    static ProducerState unknown(long producerId) {
        return new ProducerState(
                new Header(
                        producerId,
                        NO_EPOCH,
                        NO_COORDINATOR_EPOCH,
                        BatchView.NO_TIMESTAMP,
                        NO_TRANSACTION),
                NONE);
    }

    /// A producer as a snapshot has it: with its last batch, or with none.
    static ProducerState restored(Header header, @Nullable RetainedBatch last) {
        return new ProducerState(header, last == null ? NONE : new RetainedBatch[] {last});
    }

    /// After `batch`, which gets its place at `firstOffset`. A transaction begins with the first
    /// batch that is part of it.
    ProducerState withBatch(BatchView batch, long firstOffset) {
        RetainedBatch added =
                new RetainedBatch(
                        batch.lastSequence(),
                        firstOffset + batch.lastOffsetDelta(),
                        batch.lastOffsetDelta(),
                        batch.maxTimestamp());
        boolean begins = !hasTransaction() && batch.isTransactional();
        return new ProducerState(
                new Header(
                        producerId,
                        batch.producerEpoch(),
                        coordinatorEpoch,
                        batch.maxTimestamp(),
                        begins ? firstOffset : transactionStart),
                batch.producerEpoch() == epoch ? retainedWith(added) : new RetainedBatch[] {added});
    }

    /// After a marker of `markerEpoch` has ended its transaction. Batches stay known while the
    /// epoch does.
    ProducerState withMarker(short markerEpoch, EndMarker marker) {
        return new ProducerState(
                new Header(
                        producerId,
                        markerEpoch,
                        marker.coordinatorEpoch(),
                        marker.timestamp(),
                        NO_TRANSACTION),
                markerEpoch == epoch ? retained : NONE);
    }

    private RetainedBatch[] retainedWith(RetainedBatch added) {
        int kept = Math.min(retained.length, RETAINED_MAX - 1);
        RetainedBatch[] next = new RetainedBatch[kept + 1];
        System.arraycopy(retained, retained.length - kept, next, 0, kept);
        next[kept] = added;
        return next;
    }

    /// The batch it has already written, when `batch` is that one again.
    @Nullable RetainedBatch duplicateOf(BatchView batch) {
        if (batch.producerEpoch() != epoch) {
            return null;
        }
        int first = batch.baseSequence();
        int last = batch.lastSequence();
        for (RetainedBatch known : retained) {
            if (known.lastSequence() == last && known.firstSequence() == first) {
                return known;
            }
        }
        return null;
    }

    long producerId() {
        return producerId;
    }

    short epoch() {
        return epoch;
    }

    /// Of the last coordinator that ended one of its transactions.
    int coordinatorEpoch() {
        return coordinatorEpoch;
    }

    long lastTimestamp() {
        return lastTimestamp;
    }

    /// Where its transaction begins, or [#NO_TRANSACTION].
    long transactionStart() {
        return transactionStart;
    }

    boolean hasTransaction() {
        return transactionStart != NO_TRANSACTION;
    }

    boolean hasTransaction(short ofEpoch) {
        return hasTransaction() && epoch == ofEpoch;
    }

    boolean hasBatches() {
        return retained.length > 0;
    }

    /// The last batch that is known, if any is.
    @Nullable RetainedBatch lastBatch() {
        return hasBatches() ? retained[retained.length - 1] : null;
    }

    int lastSequence() {
        RetainedBatch last = lastBatch();
        return last == null ? BatchView.NO_SEQUENCE : last.lastSequence();
    }

    /// The offset of its last record, or -1.
    long lastOffset() {
        RetainedBatch last = lastBatch();
        return last == null ? -1 : last.lastOffset();
    }

    /// The batches that would be known again, oldest first.
    int retainedCount() {
        return retained.length;
    }

    RetainedBatch retained(int index) {
        return retained[index];
    }

    /// Idle for as long as producers are remembered. An open transaction is never forgotten.
    boolean isExpired(long nowMillis, long expirationMillis) {
        return !hasTransaction() && nowMillis - lastTimestamp >= expirationMillis;
    }

    /// All but the batches.
    ///
    /// @param producerId who
    /// @param epoch how often it has begun anew
    /// @param coordinatorEpoch of the last coordinator that ended one of its transactions
    /// @param lastTimestamp of its last batch or marker
    /// @param transactionStart where its transaction begins, or [#NO_TRANSACTION]
    record Header(
            long producerId,
            short epoch,
            int coordinatorEpoch,
            long lastTimestamp,
            long transactionStart) {}
}
