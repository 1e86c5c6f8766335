package hallows.verify.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What `tidy-exceptions.txt` excuses: lines of `rule place reason`, and comments after `#`.
final class Exceptions {
    static final String FILE = "tidy-exceptions.txt";

    private final List<String[]> entries;

    private Exceptions(List<String[]> entries) {
        this.entries = entries;
    }

    static Exceptions parse(String text) {
        return new Exceptions(
                text.lines()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .map(line -> line.strip().split("\\s+", 3))
                        .toList());
    }

    /// What remains of the findings, and what is wrong with the entries.
    List<Finding> apply(List<Finding> findings) {
        List<Finding> remaining = new ArrayList<>(findings);
        for (String[] entry : entries) {
            boolean used = remaining.removeIf(finding -> excuses(entry, finding));
            complaint(entry, used).forEach(remaining::add);
        }
        return remaining;
    }

    private static boolean excuses(String[] entry, Finding finding) {
        return entry.length == 3
                && entry[0].equals(finding.rule())
                && entry[1].equals(finding.place());
    }

    private static Stream<Finding> complaint(String[] entry, boolean used) {
        if (entry.length < 3) {
            return Stream.of(finding(entry, "gives no reason"));
        }
        return used ? Stream.empty() : Stream.of(finding(entry, "excuses nothing any more"));
    }

    private static Finding finding(String[] entry, String what) {
        return new Finding("exception", FILE, "'" + String.join(" ", entry) + "' " + what);
    }
}
