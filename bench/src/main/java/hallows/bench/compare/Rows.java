package hallows.bench.compare;

import hallows.bench.compare.Row.Setting;
import java.util.List;
import java.util.Locale;

/// All that is compared.
public final class Rows {
    private static final int SMALL = 100;
    private static final int LARGE = 1_000;
    private static final double QUARTER = 1.0 / 4;
    private static final double FIFTH = 1.0 / 5;

    /// A batch of 10 KB of small records, and one of 64 KB of large ones.
    private static final Load.Batch HUNDRED = new Load.Batch(93, SMALL);

    private static final Load.Batch SIXTY_FOUR = new Load.Batch(64, LARGE);
    private static final Load.Batch ONE = new Load.Batch(1, SMALL);

    /// Far below a tenth of the memory of the smallest machine that this makes sense on: nothing is
    /// written to disk while it is measured.
    public static final long DIRTY_BYTES_MAX = 800_000_000;

    static final String ACKED = ", no keys, acks=all";
    static final String BOUNDED = ", until 0.8 GB are written at most, under the dirty-page limit";

    private static final String SINGLES =
            "100 B, a request each, 4 producers, 16 in flight, 4 partitions";
    private static final String KEYED = " in turn, as keys spread them, acks=all";
    static final String READ = ", 0.5 GB again and again, 1 consumer, 1 partition, no keys";

    static final Fill TO_READ = new Fill(500_000_000, SIXTY_FOUR);

    private Rows() {}

    static List<Row> all() {
        return List.of(
                Row.of(
                        "round-trip",
                        "100 B, 1 producer, 1 in flight, 1 partition" + ACKED,
                        Crowded.of(1, 1, 1, ONE),
                        Figure.latency(QUARTER, 0.5),
                        Figure.latency(QUARTER, 0.999)),
                endToEnd("end-to-end-1k", 1_000),
                endToEnd("end-to-end-20k", 20_000),
                Row.of(
                        "batches-10k",
                        "100 B in 10 KB batches, 4 producers, 5 in flight, 4 partitions"
                                + ACKED
                                + BOUNDED,
                        new Crowded(4, 5, 4, HUNDRED, DIRTY_BYTES_MAX),
                        Figure.atLeast(3, "records/s", Outcome::recordsPerSecond),
                        Figure.perMillion(QUARTER, "CPU s/million", Cost::cpuSeconds),
                        Figure.atMost(FIFTH, "stall, ms", outcome -> outcome.done().stallMillis()),
                        Figure.perMillion(FIFTH, "pauses, ms/million", Cost::pauseMillis),
                        Figure.atMost(
                                FIFTH,
                                "longest pause, ms",
                                outcome -> outcome.cost().longestPauseMillis()),
                        Figure.perMillion(
                                FIFTH, "allocated MB/million", cost -> cost.allocatedBytes() / 1e6),
                        Figure.perMillion(FIFTH, "switches/million", Cost::switches)),
                Row.of(
                        "singles",
                        SINGLES + ACKED,
                        Crowded.of(4, 16, 4, ONE),
                        Figure.atLeast(3, "records/s", Outcome::recordsPerSecond),
                        Figure.atMost(QUARTER, "CPU us/request", Outcome::cpuMicrosPerRequest)),
                Row.of(
                        "batches-64k",
                        "1 KB in 64 KB batches, 4 producers, 5 in flight, 4 partitions"
                                + ACKED
                                + BOUNDED,
                        new Crowded(4, 5, 4, SIXTY_FOUR, DIRTY_BYTES_MAX),
                        Figure.atLeast(2, "MB/s", Outcome::megabytesPerSecond)),
                Row.of(
                        "read-back",
                        "1 KB in 64 KB batches, fetches of 1 MB" + READ,
                        new CatchUp(TO_READ, 1 << 20),
                        Figure.atMost(1, "CPU s/GB", Outcome::cpuSecondsPerGigabyte)),
                Row.of(
                        "read-back-64k",
                        "1 KB in 64 KB batches, fetches of 64 KB" + READ,
                        new CatchUp(TO_READ, 1 << 16),
                        Figure.atMost(2.0 / 3, "CPU s/GB", Outcome::cpuSecondsPerGigabyte)),
                Row.of(
                        "many-producers",
                        "100 B, a request each, 50 producers, 5 in flight, 100 partitions" + KEYED,
                        Crowded.of(50, 5, 100, ONE),
                        Figure.atLeast(3, "records/s", Outcome::recordsPerSecond)),
                Row.of(
                        "many-producers-paced",
                        "100 B, a request each, 10,000 a second, 50 producers, 100 partitions"
                                + KEYED,
                        new Paced(10_000, 50, 100, SMALL, false),
                        Figure.latency(FIFTH, 0.99)),
                new Row(
                        "two-shards",
                        SINGLES + ACKED + ", unpinned",
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
                        SINGLES + ACKED,
                        Setting.FSYNC,
                        Crowded.of(4, 16, 4, ONE),
                        List.of(Figure.atLeast(8, "requests/s", Outcome::requestsPerSecond))));
    }

    private static Row endToEnd(String name, int perSecond) {
        return endToEnd(
                name,
                perSecond,
                Figure.latency(1, 0.5),
                Figure.latency(FIFTH, 0.99),
                Figure.latency(FIFTH, 0.999));
    }

    static Row endToEnd(String name, int perSecond, Figure... figures) {
        return Row.of(
                name,
                "100 B, %s a second, 1 producer to 1 consumer, 1 partition%s"
                        .formatted(grouped(perSecond), ACKED),
                new Paced(perSecond, 1, 1, SMALL, true),
                figures);
    }

    /// As people read it.
    static String grouped(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
