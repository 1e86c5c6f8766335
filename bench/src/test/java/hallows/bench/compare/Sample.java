package hallows.bench.compare;

import java.util.List;

/// Results that can be reckoned by hand.
final class Sample {
    /// As many in each second as there are records.
    static final Figure RATE = Figure.atLeast(2, "records/s", Outcome::recordsPerSecond);

    private Sample() {}

    /// One second, in which so many records of 100 bytes came, a request each; all took as long.
    static Outcome outcome(long records, double micros) {
        Latencies latencies = new Latencies();
        latencies.record((long) (micros * 1e3));
        return new Outcome(
                new Outcome.Done(1, records, records, records * 100, 3),
                latencies,
                new Cost(0.5, 40, 2e6, 6, 4),
                List.of(records / 2, records / 2));
    }

    static Row row(String name, Figure... figures) {
        return new Row(
                name,
                "100 B & \"<more>\"",
                Row.Setting.PAGE_CACHE,
                new ClientSends(100),
                List.of(figures));
    }

    static Measured measured(Comparison... rows) {
        return new Measured("machine   of \"sand\" & <glass>\n", "2 rounds", List.of(rows));
    }

    /// Two rounds; ours is three times and four times theirs, and takes a quarter of the time.
    static Comparison faster(Figure... figures) {
        return new Comparison(
                row("faster", figures),
                List.of(outcome(300, 50), outcome(800, 50)),
                List.of(outcome(100, 200), outcome(200, 200)));
    }

    /// One round; ours is as fast as theirs.
    static Comparison alike(Figure... figures) {
        return new Comparison(
                row("alike", figures), List.of(outcome(100, 60)), List.of(outcome(100, 60)));
    }
}
