package hallows.log;

import hallows.log.Findings.Spot;
import org.jspecify.annotations.Nullable;

/// Remembers where the batches of a partition break off, until it is known whether sound ones
/// follow: then records are lost, else it is a torn end.
final class BreakAudit {
    private final Findings findings;
    private final Standing standing;
    private @Nullable Spot at;
    private String why = "";

    BreakAudit(Findings findings, Standing standing) {
        this.findings = findings;
        this.standing = standing;
    }

    /// Whether everything since the last sound batch is unreadable.
    boolean isOpen() {
        return at != null;
    }

    /// No sound batch begins at this place, where `spot` says which offset was to be next.
    void broke(Spot spot, String what) {
        if (at == null) {
            at = spot;
            why = what;
        }
    }

    /// A sound batch begins at this offset.
    void sound(long offset) {
        Spot broken = at;
        at = null;
        if (broken != null) {
            findings.damage(
                    broken,
                    why + "; " + lost(broken.offset(), offset - 1),
                    "readers fail here, and a recovery that begins before would cut here and drop"
                            + " the sound records behind; take the partition from a sound replica");
        }
    }

    private static String lost(long from, long to) {
        return from < 0
                ? "records up to " + to + " are unreadable"
                : "records from " + from + " to " + to + " are unreadable";
    }

    /// The partition ends.
    void end() {
        Spot broken = at;
        at = null;
        if (broken == null) {
            return;
        }
        if (standing.cutsAt(broken.offset())) {
            findings.note(
                    broken,
                    why + "; no sound batch follows",
                    "a write was interrupted or is under way: recovery will cut here");
        } else {
            findings.damage(
                    broken,
                    why + "; no sound batch follows",
                    "all of this was durable once, so it is no interrupted write: records from %d on"
                                    .formatted(Math.max(0, broken.offset()))
                            + " are lost here; take the partition from a sound replica");
        }
    }
}
