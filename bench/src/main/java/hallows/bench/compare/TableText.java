package hallows.bench.compare;

import hallows.bench.Series;
import java.util.ArrayList;
import java.util.List;

/// One table of ratios with their spread, for people: as plain text and as Markdown.
final class TableText {
    private static final List<String> HEAD =
            List.of("", "ours", "theirs", "ratio", "min - max", "must be", "");

    private TableText() {}

    /// For a terminal.
    static String plain(Measured all) {
        StringBuilder text = new StringBuilder(all.pace()).append('\n');
        text.append("  %-22s %12s %12s %8s %15s %8s  %s%n".formatted(HEAD.toArray()));
        for (Comparison one : all.rows()) {
            text.append("%s: %s (%s)%n".formatted(name(one), one.row().words(), setting(one)));
            for (Comparison.Verdict verdict : one.verdicts()) {
                text.append(
                        "  %-22s %12s %12s %8s %15s %8s  %s%n".formatted(cells(verdict).toArray()));
            }
        }
        return text.append(paragraph(all)).toString();
    }

    /// For a page.
    static String markdown(Measured all) {
        StringBuilder text =
                new StringBuilder("```\n%s```\n\n%s\n\n".formatted(all.machine(), all.pace()));
        text.append(line(HEAD)).append(line(HEAD.stream().map(_ -> "---").toList()));
        for (Comparison one : all.rows()) {
            List<String> title = new ArrayList<>(HEAD.stream().map(_ -> "").toList());
            title.set(0, "**%s**: %s, %s".formatted(name(one), one.row().words(), setting(one)));
            text.append(line(title));
            one.verdicts().forEach(verdict -> text.append(line(cells(verdict))));
        }
        return text.append(paragraph(all)).toString();
    }

    private static String paragraph(Measured all) {
        String words = Ladder.words(all.rows());
        return words.isEmpty() ? "" : "\n" + words;
    }

    private static String name(Comparison one) {
        return one.row().name();
    }

    private static String setting(Comparison one) {
        return one.row().setting().words;
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private static List<String> cells(Comparison.Verdict verdict) {
        Series ratio = verdict.ratio();
        return List.of(
                verdict.figure().name(),
                number(verdict.ours().median()),
                number(verdict.theirs().median()),
                "%.3f".formatted(ratio.median()),
                "%.3f-%.3f".formatted(ratio.min(), ratio.max()),
                verdict.figure().limit().toString(),
                word(verdict));
    }

    private static String word(Comparison.Verdict verdict) {
        if (verdict.figure().limit().equals(Figure.Limit.NONE)) {
            return "";
        }
        return verdict.holds() ? "holds" : "DOES NOT HOLD";
    }

    private static String number(double value) {
        return Math.abs(value) >= 1000 ? "%,.0f".formatted(value) : "%.2f".formatted(value);
    }
}
