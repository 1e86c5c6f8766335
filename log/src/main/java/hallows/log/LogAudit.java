package hallows.log;

import hallows.log.Findings.Spot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What is known of a partition from the batches that have passed by, segment after segment.
final class LogAudit {
    private static final int GAPS_MAX = 10;

    private final Findings findings;
    private final Standing standing;
    private final EpochAudit epochs;
    private final ProducerAudit producers;
    private final BreakAudit breaks;
    private final List<Gap> gaps = new ArrayList<>();
    private long end = -1;
    private boolean thinned;

    LogAudit(Findings findings, Standing standing, EpochAudit epochs) {
        this.findings = findings;
        this.standing = standing;
        this.epochs = epochs;
        this.producers = new ProducerAudit(findings);
        this.breaks = new BreakAudit(findings, standing);
        this.thinned = standing.compacted();
    }

    /// Offsets between two segments that are in none.
    private record Gap(Path file, long from, long to) {}

    EpochAudit epochs() {
        return epochs;
    }

    ProducerAudit producers() {
        return producers;
    }

    BreakAudit breaks() {
        return breaks;
    }

    /// The offset after the last batch that was read; below zero before the first.
    long end() {
        return end;
    }

    /// Whether everything since the beginning is there and known.
    boolean isExact() {
        return producers.isSure() && !thinned && gaps.isEmpty();
    }

    /// Something in here cannot be read, or compaction has taken something away.
    void thinned() {
        thinned = true;
    }

    /// A segment begins; what an unreadable one before it holds is not known.
    void segment(Path file, long base) {
        if (end >= 0 && base < end) {
            findings.damage(
                    new Spot(file, -1, base),
                    "the segment before it ends behind its beginning, at " + end,
                    "two segments hold the same offsets; take the partition from a sound replica");
        } else if (end >= 0 && base > end && !breaks.isOpen() && gaps.size() < GAPS_MAX) {
            gaps.add(new Gap(file, end, base));
        }
    }

    /// A sound batch passes by.
    void passed(long from, long to, Spot spot) {
        if (end >= 0 && from < end) {
            findings.damage(
                    spot,
                    "it begins at offset %d, and the batch before it ends at %d"
                            .formatted(from, end - 1),
                    "offsets only rise: the eight bytes at its position, or those of a batch before"
                            + " it, are wrong; take the partition from a sound replica");
        }
        thinned |= end >= 0 && from > end && gaps.stream().noneMatch(gap -> gap.to == from);
        end = to;
    }

    /// An old batch passes by, of which only the last offset is known.
    void passedOld(long lastOffset) {
        end = lastOffset + 1;
    }

    /// The partition ends. Where compaction has been, gaps are natural.
    void end(Path directory) {
        breaks.end();
        epochs.end(end);
        if (!thinned) {
            for (Gap gap : gaps) {
                findings.damage(
                        new Spot(gap.file, -1, gap.from),
                        "no segment holds the offsets from %d to %d"
                                .formatted(gap.from, gap.to - 1),
                        "a segment is missing, or the end of the one before; if the topic is not"
                                + " compacted, take the partition from a sound replica");
            }
        }
        long durable = standing.recoveryPoint().orElse(0);
        if (end >= 0 && durable > end) {
            findings.damage(
                    new Spot(directory, -1, end),
                    "the log ends at %d, and everything below %d was durable"
                            .formatted(end, durable),
                    "records were lost; take the partition from a sound replica");
        }
    }
}
