package hallows.log;

import hallows.log.Findings.Spot;
import hallows.runtime.DiskFile;
import org.jspecify.annotations.Nullable;

/// Holds a segment's offset index against its batches, as they pass by.
final class OffsetIndexAudit {
    private final IndexReport report;
    private final IndexCursor cursor;
    private long pendingKey = -1;

    OffsetIndexAudit(IndexReport report, DiskFile file, long base) {
        this.report = report;
        this.cursor = new IndexCursor(file, IndexFormat.ofOffsets(base));
    }

    /// A sound batch lies at `position`; the one before it ended at `before`.
    void batch(long position, long before, long lastOffset) {
        pendingKey = pendingKey == lastOffset ? -1 : pendingKey;
        for (IndexEntry next = cursor.peek();
                next != null && next.value() <= position;
                next = cursor.peek()) {
            if (next.value() < position) {
                damage(next, "where no batch begins");
            } else if (next.key() <= before) {
                damage(next, "behind a batch that ends at offset " + before);
            } else if (next.key() != lastOffset) {
                // An older Kafka indexes several batches at once by the last offset of all.
                pendingKey = next.key();
            }
            cursor.advance();
        }
        if (pendingKey >= 0 && lastOffset > pendingKey) {
            report.damage(
                    new Spot(report.file(), -1, pendingKey),
                    "its key %d is the last offset of no batch".formatted(pendingKey));
            pendingKey = -1;
        }
    }

    private void damage(IndexEntry entry, String what) {
        report.damage(
                new Spot(
                        report.file(),
                        (long) cursor.slot() * IndexFormat.Kind.OFFSET.entryBytes(),
                        entry.key()),
                "entry %d leads to position %d, %s".formatted(cursor.slot(), entry.value(), what));
    }

    /// What lies before this position cannot be read, so nothing is said about entries for it.
    void skip(long position) {
        for (IndexEntry next = cursor.peek();
                next != null && next.value() < position;
                next = cursor.peek()) {
            cursor.advance();
        }
    }

    /// The batches end at `position`.
    void end(long position) {
        IndexEntry next = cursor.peek();
        if (next != null) {
            damage(next, "behind the end of the records, " + position);
        }
        @Nullable String wrong = cursor.wrong();
        if (wrong != null) {
            report.damage(Spot.of(report.file()), wrong);
        }
    }
}
