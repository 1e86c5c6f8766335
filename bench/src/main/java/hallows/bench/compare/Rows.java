package hallows.bench.compare;

import hallows.bench.compare.Row.Setting;
import java.util.List;

/// All that is compared.
final class Rows {
    private static final int SMALL = 100;
    private static final int LARGE = 1_000;

    /// A batch of 10 KB of small records, and one of 64 KB of large ones.
    private static final Load.Batch HUNDRED = new Load.Batch(93, SMALL);

    private static final Load.Batch SIXTY_FOUR = new Load.Batch(64, LARGE);
    private static final Load.Batch ONE = new Load.Batch(1, SMALL);

    /// Far below a tenth of the memory of the smallest machine that this makes sense on: nothing is
    /// written to disk while it is measured.
    static final long DIRTY_BYTES_MAX = 800_000_000;

    static final String ACKED = ", no keys, acks=all";
    static final String BOUNDED = ", until 0.8 GB are written at most, under the dirty-page limit";

    private static final String KEYED = " in turn, as keys spread them, acks=all";
    static final String READ = ", 0.5 GB again and again, 1 consumer, 1 partition, no keys";

    static final Fill TO_READ = new Fill(500_000_000, SIXTY_FOUR);

    private Rows() {}

    static List<Row> all() {
        return List.of(
                new Row(
                        "round-trip",
                        "100 B, 1 producer, 1 in flight, 1 partition" + ACKED,
                        Setting.PAGE_CACHE,
                        Crowded.of(1, 1, 1, ONE),
                        List.of(Figure.latency(1.0 / 4, 0.5), Figure.latency(1.0 / 4, 0.999))),
                new Row(
                        "end-to-end-1k",
                        "100 B, 1,000 a second, 1 producer to 1 consumer, 1 partition" + ACKED,
                        Setting.PAGE_CACHE,
                        new Paced(1_000, 1, 1, SMALL, true),
                        endToEnd()),
                new Row(
                        "end-to-end-20k",
                        "100 B, 20,000 a second, 1 producer to 1 consumer, 1 partition" + ACKED,
                        Setting.PAGE_CACHE,
                        new Paced(20_000, 1, 1, SMALL, true),
                        endToEnd()),
                new Row(
                        "batches-10k",
                        "100 B in 10 KB batches, 4 producers, 5 in flight, 4 partitions"
                                + ACKED
                                + BOUNDED,
                        Setting.PAGE_CACHE,
                        new Crowded(4, 5, 4, HUNDRED, DIRTY_BYTES_MAX),
                        records()),
                new Row(
                        "singles",
                        "100 B, a request each, 4 producers, 16 in flight, 4 partitions" + ACKED,
                        Setting.PAGE_CACHE,
                        Crowded.of(4, 16, 4, ONE),
                        List.of(
                                Figure.atLeast(3, "records/s", Outcome::recordsPerSecond),
                                Figure.atMost(
                                        1.0 / 4, "CPU us/request", Outcome::cpuMicrosPerRequest))),
                new Row(
                        "batches-64k",
                        "1 KB in 64 KB batches, 4 producers, 5 in flight, 4 partitions"
                                + ACKED
                                + BOUNDED,
                        Setting.PAGE_CACHE,
                        new Crowded(4, 5, 4, SIXTY_FOUR, DIRTY_BYTES_MAX),
                        List.of(Figure.atLeast(2, "MB/s", Outcome::megabytesPerSecond))),
                new Row(
                        "read-back",
                        "1 KB in 64 KB batches, fetches of 1 MB" + READ,
                        Setting.PAGE_CACHE,
                        new CatchUp(TO_READ, 1 << 20),
                        List.of(Figure.atMost(1, "CPU s/GB", Outcome::cpuSecondsPerGigabyte))),
                new Row(
                        "read-back-64k",
                        "1 KB in 64 KB batches, fetches of 64 KB" + READ,
                        Setting.PAGE_CACHE,
                        new CatchUp(TO_READ, 1 << 16),
                        List.of(
                                Figure.atMost(
                                        2.0 / 3, "CPU s/GB", Outcome::cpuSecondsPerGigabyte))),
                new Row(
                        "many-producers",
                        "100 B, a request each, 50 producers, 5 in flight, 100 partitions" + KEYED,
                        Setting.PAGE_CACHE,
                        Crowded.of(50, 5, 100, ONE),
                        List.of(Figure.atLeast(3, "records/s", Outcome::recordsPerSecond))),
                new Row(
                        "many-producers-paced",
                        "100 B, a request each, 10,000 a second, 50 producers, 100 partitions"
                                + KEYED,
                        Setting.PAGE_CACHE,
                        new Paced(10_000, 50, 100, SMALL, false),
                        List.of(Figure.latency(1.0 / 5, 0.99))),
                new Row(
                        "two-shards",
                        "100 B, a request each, 4 producers, 16 in flight, 4 partitions"
                                + ACKED
                                + ", unpinned",
                        Setting.UNPINNED,
                        Crowded.of(4, 16, 4, ONE),
                        List.of(Figure.atLeast(1, "records/s", Outcome::recordsPerSecond))),
                new Row(
                        "round-trip-fsync",
                        "100 B, 1 producer, 1 in flight, 1 partition" + ACKED,
                        Setting.FSYNC,
                        Crowded.of(1, 1, 1, ONE),
                        List.of(Figure.latency(1.0 / 3, 0.5), Figure.latency(1.0 / 3, 0.999))),
                new Row(
                        "singles-fsync",
                        "100 B, a request each, 4 producers, 16 in flight, 4 partitions" + ACKED,
                        Setting.FSYNC,
                        Crowded.of(4, 16, 4, ONE),
                        List.of(Figure.atLeast(8, "requests/s", Outcome::requestsPerSecond))));
    }

    private static List<Figure> endToEnd() {
        return List.of(
                Figure.latency(1, 0.5),
                Figure.latency(1.0 / 5, 0.99),
                Figure.latency(1.0 / 5, 0.999));
    }

    private static List<Figure> records() {
        double fifth = 1.0 / 5;
        return List.of(
                Figure.atLeast(3, "records/s", Outcome::recordsPerSecond),
                Figure.atMost(
                        1.0 / 4,
                        "CPU s/million",
                        outcome -> outcome.perMillionRecords(outcome.cost().cpuSeconds())),
                Figure.atMost(fifth, "stall, ms", outcome -> outcome.done().stallMillis()),
                Figure.atMost(
                        fifth,
                        "pauses, ms/million",
                        outcome -> outcome.perMillionRecords(outcome.cost().pauseMillis())),
                Figure.atMost(
                        fifth, "longest pause, ms", outcome -> outcome.cost().longestPauseMillis()),
                Figure.atMost(
                        fifth,
                        "allocated MB/million",
                        outcome ->
                                outcome.perMillionRecords(outcome.cost().allocatedBytes() / 1e6)),
                Figure.atMost(
                        fifth,
                        "switches/million",
                        outcome -> outcome.perMillionRecords(outcome.cost().switches())));
    }
}
