package hallows.log;

import hallows.log.Findings.Spot;
import hallows.log.ProducerAudit.Ended;
import hallows.model.BatchView;
import org.jspecify.annotations.Nullable;

/// Looks into one sound batch after the other: whether its header says what its records say, and
/// what it means to those before it.
final class BatchAudit {
    private static final String FALSE_HEADER =
            "the checksum is right, so it was written like this; readers may stumble over it";

    private final Audit audit;
    private final LogAudit log;
    private int lastDelta;
    private long latest;
    private boolean rising;

    BatchAudit(Audit audit, LogAudit log) {
        this.audit = audit;
        this.log = log;
    }

    /// Takes in a batch.
    void see(BatchView batch, Spot spot, SegmentIndexAudit indexes) {
        records(batch, spot);
        log.epochs().batch(batch.leaderEpoch(), spot, log.end());
        boolean before = log.isExact();
        log.passed(batch.baseOffset(), batch.nextOffset(), spot);
        if (batch.isControl()) {
            control(batch, spot, indexes);
        } else {
            log.producers().batch(batch, spot, before && log.isExact());
        }
        audit.findings().sawBatch(Math.max(0, batch.count()));
    }

    private void records(BatchView batch, Spot spot) {
        lastDelta = -1;
        latest = BatchView.NO_TIMESTAMP;
        rising = true;
        String wrong = BatchRecords.read(batch, audit.unpacking(), this::record);
        if (wrong == null) {
            wrong = contradiction(batch);
        }
        if (wrong != null) {
            audit.findings().damage(spot, wrong, FALSE_HEADER);
        }
        if (batch.count() <= batch.lastOffsetDelta()) {
            log.thinned();
        }
    }

    private void record(BatchView batch, RecordReader record) {
        rising &= record.offsetDelta() > lastDelta;
        lastDelta = record.offsetDelta();
        latest = Math.max(latest, BatchFacts.timestamp(batch, record));
    }

    private @Nullable String contradiction(BatchView batch) {
        int deltaMax = batch.lastOffsetDelta();
        if (!rising || lastDelta > deltaMax) {
            return "the offsets of its records do not rise up to %d".formatted(batch.lastOffset());
        }
        if (deltaMax < 0 || batch.count() > deltaMax + 1L) {
            return "it says that %d records end at %d".formatted(batch.count(), deltaMax);
        }
        return batch.count() > 0 && !batch.hasLogAppendTime() && latest != batch.maxTimestamp()
                ? "its latest timestamp is %d, and it says %d"
                        .formatted(latest, batch.maxTimestamp())
                : null;
    }

    /// Control batches without a producer are the metadata log's.
    private void control(BatchView batch, Spot spot, SegmentIndexAudit indexes) {
        if (!batch.hasProducer()) {
            return;
        }
        switch (ControlBatch.read(batch)) {
            case EndMarker marker -> {
                Ended ended = log.producers().marker(batch);
                if (marker.aborts()) {
                    indexes.aborted(batch, ended, log.isExact());
                }
            }
            case ControlBatch.Swept _ -> log.producers().marker(batch);
            case ControlBatch.Malformed(String why) ->
                    audit.findings().damage(spot, "a marker is none: " + why, FALSE_HEADER);
        }
    }
}
