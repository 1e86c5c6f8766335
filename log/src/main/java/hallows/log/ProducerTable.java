package hallows.log;

import hallows.model.BatchView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The producers of a log, with what is staged for each, and the transactions that readers see.
final class ProducerTable {
    private static final long LATE_BUFFER_MILLIS = 5 * 60 * 1000;

    private final LongMap<ProducerSlot> slots = new LongMap<>();
    private final Transactions transactions = new Transactions();
    private int count;

    @Nullable ProducerSlot slot(long producerId) {
        return slots.get(producerId);
    }

    /// A producer's slot, which is made when this is its first batch.
    ProducerSlot slotFor(long producerId) {
        ProducerSlot slot = slots.get(producerId);
        if (slot == null) {
            slot = new ProducerSlot(producerId);
            slots.put(producerId, slot);
        }
        return slot;
    }

    Transactions transactions() {
        return transactions;
    }

    /// How many producers readers see.
    int count() {
        return count;
    }

    /// Calls `each` with every producer that readers see, by ascending id.
    void forEach(Consumer<ProducerState> each) {
        slots.forEach(slot -> {
            if (slot.committed != null) {
                each.accept(slot.committed);
            }
        });
    }

    /// Readers see what `batch` changed. Answers the transaction that it aborted.
    @Nullable AbortedTransaction commit(StagedBatch batch) {
        ProducerSlot slot = batch.slot();
        if (slot.committed == null) {
            count++;
        }
        slot.committed = batch.after();
        if (batch.beginsTransaction()) {
            slot.ongoing = transactions.begin(slot.producerId, batch.after().transactionStart());
        }
        EndMarker marker = batch.marker();
        Transactions.Ongoing ended = slot.ongoing;
        if (marker == null || ended == null) {
            return null;
        }
        slot.ongoing = null;
        long lastStable = transactions.end(ended, batch.lastOffset());
        return marker.aborts()
                ? new AbortedTransaction(
                        slot.producerId, ended.firstOffset(), batch.lastOffset(), lastStable)
                : null;
    }

    /// What `batch` changed was never there. The last that was staged goes first.
    void undo(StagedBatch batch) {
        ProducerSlot slot = batch.slot();
        slot.latest = batch.before();
        if (slot.latest == null) {
            slots.remove(slot.producerId);
        }
    }

    void expire(long nowMillis, long expirationMillis) {
        slots.removeIf(slot -> {
            ProducerState state = slot.committed;
            boolean leaves =
                    !slot.isStaged()
                            && state != null
                            && state.isExpired(nowMillis, expirationMillis);
            count -= leaves ? 1 : 0;
            return leaves;
        });
    }

    void clear() {
        slots.clear();
        transactions.clear();
        count = 0;
    }

    /// Takes the state of producers from a snapshot, into an empty table.
    void load(List<ProducerState> producers) {
        for (ProducerState state : producers) {
            ProducerSlot slot = slotFor(state.producerId());
            slot.committed = state;
            slot.latest = state;
        }
        count = slots.size();
        List<ProducerState> inTransaction = new ArrayList<>();
        forEach(state -> {
            if (state.hasTransaction()) {
                inTransaction.add(state);
            }
        });
        inTransaction.sort(Comparator.comparingLong(ProducerState::transactionStart));
        for (ProducerState state : inTransaction) {
            slotFor(state.producerId()).ongoing =
                    transactions.begin(state.producerId(), state.transactionStart());
        }
    }

    /// Whether the oldest transaction has been silent for so long that its coordinator must have
    /// forgotten it.
    boolean hasLateTransaction(long nowMillis, long transactionMillisMax) {
        Transactions.Ongoing oldest = transactions.oldest();
        ProducerSlot slot = oldest == null ? null : slots.get(oldest.producerId());
        long last =
                slot == null || slot.committed == null
                        ? BatchView.NO_TIMESTAMP
                        : slot.committed.lastTimestamp();
        return last > 0 && nowMillis - last > transactionMillisMax + LATE_BUFFER_MILLIS;
    }
}
