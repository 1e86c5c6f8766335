package hallows.log;

import hallows.log.Findings.Spot;
import hallows.log.ProducerAudit.Ended;
import hallows.model.BatchView;
import java.nio.ByteBuffer;
import java.util.TreeSet;

/// Holds a segment's index of aborted transactions against the markers, as they pass by.
final class AbortedAudit {
    private final IndexReport report;
    private final ByteBuffer entries;
    private final long torn;
    // Last stable offsets of entries that only a later transaction can explain: the log of a
    // follower takes in several batches at once, and Kafka looks afterwards.
    private final TreeSet<Long> awaited = new TreeSet<>();
    private int at;

    /// With the bytes of the file; none when there is no file.
    AbortedAudit(IndexReport report, ByteBuffer entries) {
        this.report = report;
        this.torn = entries.remaining() % AbortedTransactions.ENTRY_BYTES;
        this.entries = entries.limit(entries.limit() - (int) torn);
    }

    /// A marker passes by that says a transaction never was.
    ///
    /// @param exact whether everything before it is there and known
    void aborted(BatchView marker, Ended ended, boolean exact) {
        skipTo(marker.lastOffset(), true);
        if (at < entries.limit() && next().lastOffset() == marker.lastOffset()) {
            compare(marker, ended, exact);
            at += AbortedTransactions.ENTRY_BYTES;
        } else if (ended.firstOffset() >= 0) {
            report.damage(
                    new Spot(report.file(), at, marker.lastOffset()),
                    "the transaction of producer %d from %d to %d was aborted and is not here"
                            .formatted(
                                    marker.producerId(), ended.firstOffset(), marker.lastOffset()));
        }
    }

    private void compare(BatchView marker, Ended ended, boolean exact) {
        AbortedTransaction entry = next();
        if (!AbortedTransactions.isKnownVersion(entries, at)
                || entry.producerId() != marker.producerId()
                || !begins(entry, ended, exact)) {
            wrong("it is not that of the marker, producer " + marker.producerId());
        } else if (entry.lastStableOffset() > marker.nextOffset()
                && ended.lastStableOffset() == marker.nextOffset()) {
            awaited.add(entry.lastStableOffset());
        } else if (!isStable(entry, ended, exact)) {
            wrong("the last stable offset was " + ended.lastStableOffset());
        }
    }

    /// Whether it begins with the transaction; of one whose records have gone, only roughly.
    private static boolean begins(AbortedTransaction entry, Ended ended, boolean exact) {
        if (exact && ended.firstOffset() >= 0) {
            return entry.firstOffset() == ended.firstOffset();
        }
        return entry.firstOffset() > ended.afterOffset()
                && entry.firstOffset() < entry.lastOffset();
    }

    private static boolean isStable(AbortedTransaction entry, Ended ended, boolean exact) {
        return exact
                ? entry.lastStableOffset() == ended.lastStableOffset()
                : entry.lastStableOffset() <= ended.lastStableOffset();
    }

    /// A batch of a transaction begins here.
    void transactional(long baseOffset) {
        awaited.remove(baseOffset);
    }

    /// Passes over entries of markers below an offset.
    ///
    /// @param wrongly whether they have no business here
    void skipTo(long offset, boolean wrongly) {
        while (at < entries.limit() && (next().lastOffset() < offset || offset == Long.MAX_VALUE)) {
            if (wrongly) {
                wrong("no marker there aborts a transaction");
            }
            at += AbortedTransactions.ENTRY_BYTES;
        }
    }

    /// The segment ends. What is appended at once lies in one segment, so nothing is awaited any
    /// more.
    ///
    /// @param whole whether all of it could be read
    void end(boolean whole) {
        skipTo(Long.MAX_VALUE, whole);
        if (whole && !awaited.isEmpty()) {
            report.damage(
                    new Spot(report.file(), -1, awaited.first()),
                    "a last stable offset is %d, where no transaction begins"
                            .formatted(awaited.first()));
        }
        if (torn > 0) {
            report.damage(Spot.of(report.file()), "its last " + torn + " bytes are no whole entry");
        }
    }

    private void wrong(String why) {
        AbortedTransaction entry = next();
        report.damage(
                new Spot(report.file(), at, entry.lastOffset()),
                "it has %s: %s".formatted(entry, why));
    }

    private AbortedTransaction next() {
        return AbortedTransactions.at(entries, at);
    }
}
