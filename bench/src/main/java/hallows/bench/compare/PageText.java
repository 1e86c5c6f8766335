package hallows.bench.compare;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A page with the table and two charts for each row, in one file that needs nothing else.
final class PageText {
    private static final String HEAD =
            """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Hallows beside Apache Kafka</title>
            <style>
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
            table { border-collapse: collapse; } td, th { padding: .2rem .8rem; text-align: right; }
            td:first-child { text-align: left; } .no { color: #b00020; } pre { color: #666; }
            svg { width: 48%; background: #fafafa; } text { font-size: 11px; fill: #666; }
            polyline { fill: none; stroke-width: 1.5; } .ours { stroke: #00695c; } .theirs { stroke: #e65100; }
            </style></head><body>
            <h1>Hallows <span style="color:#00695c">&#9632;</span> beside Apache Kafka
            <span style="color:#e65100">&#9632;</span></h1>
            """;

    private PageText() {}

    static String of(Measured all) {
        return HEAD
                + "<pre>%s</pre><p>%s</p>%n".formatted(escaped(all.machine()), escaped(all.pace()))
                + "<p>%s</p>%n".formatted(escaped(Ladder.words(all.rows())))
                + all.rows().stream().map(PageText::section).collect(Collectors.joining("\n"))
                + "</body></html>\n";
    }

    private static String section(Comparison one) {
        Row row = one.row();
        return "<h2>%s</h2><p>%s; %s</p><table>%s</table>%s%s"
                .formatted(
                        row.name(),
                        escaped(row.words()),
                        escaped(row.setting().words),
                        one.verdicts().stream().map(PageText::line).collect(Collectors.joining()),
                        chart(one, "latency in microseconds, by part", PageText::latencies, true),
                        chart(one, "requests in each 0.1 s", PageText::ticks, false));
    }

    private static String line(Comparison.Verdict verdict) {
        return "<tr%s><td>%s</td><td>%.2f</td><td>%.2f</td><td>%.3f</td><td>%s</td></tr>"
                .formatted(
                        verdict.holds() ? "" : " class=\"no\"",
                        escaped(verdict.figure().name()),
                        verdict.ours().median(),
                        verdict.theirs().median(),
                        verdict.ratio().median(),
                        escaped(verdict.figure().limit().toString()));
    }

    private static List<Double> latencies(Outcome outcome) {
        return Latencies.PARTS.stream().map(part -> outcome.latency().micros(part)).toList();
    }

    private static List<Double> ticks(Outcome outcome) {
        return outcome.ticks().stream().map(Long::doubleValue).toList();
    }

    /// Each turn is a line.
    private static String chart(
            Comparison one,
            String title,
            Function<Outcome, List<Double>> values,
            boolean isLogarithmic) {
        List<List<Double>> ours = one.ours().stream().map(values).toList();
        List<List<Double>> theirs = one.theirs().stream().map(values).toList();
        return new Chart(title, ours, theirs, isLogarithmic).svg();
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
