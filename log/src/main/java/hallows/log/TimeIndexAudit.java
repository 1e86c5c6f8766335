package hallows.log;

import hallows.log.Findings.Spot;
import hallows.model.BatchView;
import hallows.runtime.DiskFile;
import org.jspecify.annotations.Nullable;

/// Holds a segment's time index against its batches, as they pass by.
final class TimeIndexAudit {
    private final IndexReport report;
    private final IndexCursor cursor;
    private long latest = BatchView.NO_TIMESTAMP;
    private long lastKey = BatchView.NO_TIMESTAMP;

    TimeIndexAudit(IndexReport report, DiskFile file, long base) {
        this.report = report;
        this.cursor = new IndexCursor(file, IndexFormat.ofTimes(base));
    }

    /// A sound batch passes by.
    void batch(BatchView batch) {
        for (IndexEntry next = cursor.peek();
                next != null && next.value() <= batch.lastOffset();
                next = cursor.peek()) {
            if (next.value() < batch.baseOffset()) {
                damage(next, "is in no batch");
            } else if (next.key() != batch.maxTimestamp()) {
                damage(next, "is in a batch whose latest timestamp is " + batch.maxTimestamp());
            } else if (next.key() < latest) {
                damage(next, "comes after records of " + latest);
            }
            advance(next);
        }
        latest = Math.max(latest, batch.maxTimestamp());
    }

    private void advance(IndexEntry entry) {
        lastKey = entry.key();
        cursor.advance();
    }

    private void damage(IndexEntry entry, String what) {
        report.damage(
                new Spot(
                        report.file(),
                        (long) cursor.slot() * IndexFormat.Kind.TIME.entryBytes(),
                        entry.value()),
                "entry %d says %d for offset %d, which %s"
                        .formatted(cursor.slot(), entry.key(), entry.value(), what));
    }

    /// What lies below this offset cannot be read, so nothing is said about entries for it.
    void skip(long offset) {
        for (IndexEntry next = cursor.peek();
                next != null && next.value() < offset;
                next = cursor.peek()) {
            advance(next);
        }
    }

    /// The batches end.
    ///
    /// @param closed whether no more are to come, so that the latest timestamp has to be here
    void end(boolean closed) {
        IndexEntry next = cursor.peek();
        @Nullable String wrong = cursor.wrong();
        if (next != null) {
            damage(next, "is behind the end of the records");
        } else if (wrong != null) {
            report.damage(Spot.of(report.file()), wrong);
        } else if (closed && latest > lastKey) {
            report.damage(
                    Spot.of(report.file()),
                    "it ends with timestamp %d, the segment with %d".formatted(lastKey, latest));
        }
    }
}
