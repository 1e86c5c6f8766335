package hallows.log;

import hallows.log.Findings.Spot;
import hallows.log.LeaderEpochs.EpochStart;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Holds the epochs in the batches of a partition against each other and its checkpoint.
final class EpochAudit {
    private static final String REMEDY =
            "followers cut by these lines: stop the broker, remove the partition's files and let it"
                    + " be copied from a sound replica, or mend the lines by what the batches say";

    private final Findings findings;
    private final Path file;
    private final LeaderEpochs checkpoint;
    private final boolean compared;
    private int last = LeaderEpochs.UNDEFINED_EPOCH;

    /// With the lines of the checkpoint in `file`.
    EpochAudit(Findings findings, Path file, List<EpochStart> lines) {
        this.findings = findings;
        this.file = file;
        this.compared = true;
        this.checkpoint = LeaderEpochs.of(lines);
        if (checkpoint.entries().size() < lines.size()) {
            damage(-1, "its epochs and offsets do not both rise");
        }
    }

    private EpochAudit(Findings findings) {
        this.findings = findings;
        this.file = Path.of("");
        this.compared = false;
        this.checkpoint = LeaderEpochs.of(List.of());
    }

    /// Without a checkpoint to hold against the batches.
    static EpochAudit ofRecordsAlone(Findings findings) {
        return new EpochAudit(findings);
    }

    /// Takes in a batch of `epoch`, which begins at an offset behind all below `end`.
    void batch(int epoch, Spot spot, long end) {
        if (epoch < 0 || epoch == last) {
            return;
        }
        if (epoch < last) {
            findings.damage(
                    spot,
                    "its leader epoch %d comes after epoch %d".formatted(epoch, last),
                    "epochs never go back: the four bytes at position "
                            + (spot.position() + Long.BYTES + Integer.BYTES)
                            + " are wrong, or those of a batch before it; take the partition from a"
                            + " sound replica");
            return;
        }
        last = epoch;
        if (compared) {
            begins(epoch, spot.offset(), end);
        }
    }

    private void begins(int epoch, long offset, long end) {
        Optional<EpochStart> line = checkpoint.entry(epoch);
        if (line.isEmpty()) {
            damage(offset, "it has no line for epoch %d".formatted(epoch));
        } else if (line.get().startOffset() > offset || line.get().startOffset() < end) {
            damage(
                    offset,
                    "it says that epoch %d begins at %d"
                            .formatted(epoch, line.get().startOffset()));
        }
    }

    /// The log ends here.
    void end(long end) {
        if (end >= 0 && checkpoint.latest().isPresent()) {
            EpochStart latest = checkpoint.latest().get();
            if (latest.startOffset() > end) {
                findings.note(
                        new Spot(file, -1, latest.startOffset()),
                        "its epoch %d begins behind the end of the log, %d"
                                .formatted(latest.epoch(), end),
                        "the line is dropped at start");
            }
        }
    }

    private void damage(long offset, String what) {
        findings.damage(new Spot(file, -1, offset), what, REMEDY);
    }
}
