package hallows.log;

import hallows.log.Findings.Spot;
import hallows.model.BatchView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeSet;

/// Follows the producers of a partition from batch to batch: whether their sequences go on, and
/// which transactions are open.
final class ProducerAudit {
    /// Those that were silent for longest are forgotten first.
    private static final int PRODUCERS_MAX = 100_000;

    private final Findings findings;
    private final SequencedMap<Long, Seen> producers = new LinkedHashMap<>(16, 0.75f, true);
    private final TreeSet<Long> openStarts = new TreeSet<>();
    private boolean sure;

    ProducerAudit(Findings findings) {
        this.findings = findings;
    }

    /// What was seen of a producer.
    private static final class Seen {
        private short epoch = ProducerState.NO_EPOCH;
        private int lastSequence = BatchView.NO_SEQUENCE;
        private long transactionStart = ProducerState.NO_TRANSACTION;
        private long lastMarker = -1;
    }

    /// A transaction that a marker has ended.
    ///
    /// @param firstOffset of its first batch, or below zero when none was seen
    /// @param afterOffset of the producer's marker before it, or -1
    /// @param lastStableOffset with the marker
    record Ended(long firstOffset, long afterOffset, long lastStableOffset) {}

    /// Whether all open transactions are known: the log was read from its first offset, or from a
    /// snapshot.
    boolean isSure() {
        return sure;
    }

    /// The log is read from its beginning, where these producers are known.
    void begin(List<ProducerState> known) {
        sure = true;
        for (ProducerState state : known) {
            Seen seen = seen(state.producerId());
            seen.epoch = state.epoch();
            seen.lastSequence = state.lastSequence();
            open(seen, state.transactionStart());
        }
    }

    private void open(Seen seen, long start) {
        if (start >= 0 && seen.transactionStart < 0) {
            seen.transactionStart = start;
            openStarts.add(start);
        }
    }

    /// Takes in a batch of records.
    ///
    /// @param whole whether nothing is missing before it, so that sequences have to go on
    void batch(BatchView batch, Spot spot, boolean whole) {
        if (!batch.hasProducer()) {
            return;
        }
        Seen seen = seen(batch.producerId());
        if (batch.producerEpoch() < seen.epoch) {
            findings.note(
                    spot,
                    "producer %d comes with epoch %d after epoch %d"
                            .formatted(batch.producerId(), batch.producerEpoch(), seen.epoch),
                    "no leader takes that in; look where the batch comes from");
        } else if (whole && batch.producerEpoch() == seen.epoch && !goesOn(seen, batch)) {
            findings.note(
                    spot,
                    "producer %d goes on with sequence %d after %d"
                            .formatted(batch.producerId(), batch.baseSequence(), seen.lastSequence),
                    "batches are missing or there twice, or the producer had been forgotten after a"
                            + " long silence");
        }
        seen.epoch = batch.producerEpoch();
        seen.lastSequence = batch.lastSequence();
        if (batch.isTransactional()) {
            open(seen, batch.baseOffset());
        }
    }

    private static boolean goesOn(Seen seen, BatchView batch) {
        return seen.lastSequence < 0
                || batch.baseSequence() < 0
                || batch.baseSequence() == (seen.lastSequence + 1 & Integer.MAX_VALUE);
    }

    /// Takes in a marker.
    Ended marker(BatchView batch) {
        Seen seen = seen(batch.producerId());
        long start = seen.transactionStart;
        long before = seen.lastMarker;
        openStarts.remove(start);
        seen.transactionStart = ProducerState.NO_TRANSACTION;
        seen.lastMarker = batch.lastOffset();
        if (batch.producerEpoch() != seen.epoch) {
            seen.lastSequence = BatchView.NO_SEQUENCE;
        }
        seen.epoch = batch.producerEpoch();
        long stable = openStarts.isEmpty() ? batch.nextOffset() : openStarts.first();
        return new Ended(start, before, stable);
    }

    private Seen seen(long producerId) {
        Seen seen = producers.computeIfAbsent(producerId, _ -> new Seen());
        if (producers.size() > PRODUCERS_MAX) {
            Map.Entry<Long, Seen> forgotten = producers.pollFirstEntry();
            openStarts.remove(forgotten.getValue().transactionStart);
            sure &= forgotten.getValue().transactionStart < 0;
        }
        return seen;
    }
}
