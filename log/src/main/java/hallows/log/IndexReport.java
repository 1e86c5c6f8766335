package hallows.log;

import hallows.log.Findings.Spot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What is wrong with one file of indexes, kept until it is known whether the next start makes the
/// file anew. Of many findings the first few tell enough.
final class IndexReport {
    private static final int SHOWN_MAX = 5;

    private final Findings findings;
    private final Path file;
    private final List<Wrong> wrongs = new ArrayList<>();
    private long more;

    IndexReport(Findings findings, Path file) {
        this.findings = findings;
        this.file = file;
    }

    private record Wrong(Spot spot, String what) {}

    Path file() {
        return file;
    }

    void damage(Spot spot, String what) {
        if (wrongs.size() < SHOWN_MAX) {
            wrongs.add(new Wrong(spot, what));
        } else {
            more++;
        }
    }

    /// Tells all.
    ///
    /// @param rebuilt whether the next start makes the file anew
    void end(boolean rebuilt) {
        for (Wrong wrong : wrongs) {
            if (rebuilt) {
                findings.note(wrong.spot, wrong.what, "the file is rebuilt at start");
            } else {
                findings.damage(
                        wrong.spot,
                        wrong.what,
                        "reads may miss records: stop the broker and remove the segment's index"
                                + " files, they are rebuilt at start");
            }
        }
        if (more > 0) {
            findings.note(Spot.of(file), more + " more of its entries are wrong", "the same");
        }
    }
}
