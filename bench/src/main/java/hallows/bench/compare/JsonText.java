package hallows.bench.compare;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// All that was measured, for programs.
final class JsonText {
    private JsonText() {}

    static String of(Measured all) {
        return "{\"machine\":%s,\"pace\":%s,\"rows\":%s}\n"
                .formatted(
                        text(all.machine()),
                        text(all.pace()),
                        list(all.rows().stream().map(JsonText::row).toList()));
    }

    private static String row(Comparison one) {
        Row row = one.row();
        return "\n{\"name\":%s,\"load\":%s,\"setting\":%s,\"figures\":%s,\"ours\":%s,\"theirs\":%s}"
                .formatted(
                        text(row.name()),
                        text(row.words()),
                        text(row.setting().words),
                        list(one.verdicts().stream().map(JsonText::verdict).toList()),
                        list(one.ours().stream().map(JsonText::outcome).toList()),
                        list(one.theirs().stream().map(JsonText::outcome).toList()));
    }

    private static String verdict(Comparison.Verdict verdict) {
        return "{\"figure\":%s,\"ours\":%s,\"theirs\":%s,\"ratio\":%s,\"limit\":%s,\"holds\":%b}"
                .formatted(
                        text(verdict.figure().name()),
                        numbers(verdict.ours().values()),
                        numbers(verdict.theirs().values()),
                        number(verdict.ratio().median()),
                        text(verdict.figure().limit().toString()),
                        verdict.holds());
    }

    private static String outcome(Outcome outcome) {
        List<Double> latencies =
                Latencies.PARTS.stream().map(part -> outcome.latency().micros(part)).toList();
        Outcome.Done done = outcome.done();
        Cost cost = outcome.cost();
        return ("{\"seconds\":%s,\"requests\":%d,\"records\":%d,\"bytes\":%d,\"stallMillis\":%s,"
                        + "\"cpuSeconds\":%s,\"switches\":%s,\"allocatedBytes\":%s,\"pauseMillis\":%s,"
                        + "\"parts\":%s,\"micros\":%s,\"ticks\":%s}")
                .formatted(
                        number(done.seconds()),
                        done.requests(),
                        done.records(),
                        done.bytes(),
                        number(done.stallMillis()),
                        number(cost.cpuSeconds()),
                        number(cost.switches()),
                        number(cost.allocatedBytes()),
                        number(cost.pauseMillis()),
                        numbers(Latencies.PARTS),
                        numbers(latencies),
                        outcome.ticks());
    }

    private static String list(List<String> items) {
        return "[" + String.join(",", items) + "]";
    }

    private static String numbers(List<Double> values) {
        return values.stream().map(JsonText::number).collect(Collectors.joining(",", "[", "]"));
    }

    /// JSON has no infinity: what was divided by nothing is null.
    private static String number(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.6g", value) : "null";
    }

    private static String text(String words) {
        return '"' + words.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
