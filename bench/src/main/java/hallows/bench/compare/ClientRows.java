package hallows.bench.compare;

import hallows.bench.compare.Row.Setting;
import java.util.List;

/// What is compared with Kafka's own client, whose cost is inside: each figure is to be better than
/// Kafka's.
final class ClientRows {
    private static final int SMALL = 100;
    private static final int LINGER_MILLIS = 5;

    private ClientRows() {}

    static List<Row> all() {
        return List.of(
                roundTrip("client-round-trip", Setting.PAGE_CACHE),
                endToEnd("client-end-to-end-1k", 1_000),
                endToEnd("client-end-to-end-20k", 20_000),
                Row.of(
                        "client-batches",
                        "Java client, 100 B, linger 5 ms, batches of 16 KB, 1 producer, 4 partitions"
                                + Rows.ACKED
                                + Rows.BOUNDED,
                        new ClientFlood(4, SMALL, LINGER_MILLIS, Rows.DIRTY_BYTES_MAX),
                        Figure.atLeast(1, "records/s", Outcome::recordsPerSecond),
                        Figure.perMillion(1, "CPU s/million", Cost::cpuSeconds)),
                Row.of(
                        "client-read-back",
                        "Java client, 1 KB in 64 KB batches" + Rows.READ,
                        new ClientReads(Rows.TO_READ),
                        Figure.atLeast(1, "records/s", Outcome::recordsPerSecond),
                        Figure.atMost(1, "CPU s/GB", Outcome::cpuSecondsPerGigabyte)),
                roundTrip("client-round-trip-fsync", Setting.FSYNC));
    }

    private static Row roundTrip(String name, Setting setting) {
        return new Row(
                name,
                "Java client, 100 B, linger 0, 1 producer, each waits for the one before, 1 partition"
                        + Rows.ACKED,
                setting,
                new ClientSends(SMALL),
                List.of(Figure.latency(1, 0.5), Figure.latency(1, 0.999)));
    }

    private static Row endToEnd(String name, int perSecond) {
        return Row.of(
                name,
                "Java client, 100 B, %s a second, linger 0, 1 producer, 1 consumer, 1 partition%s"
                        .formatted(Rows.grouped(perSecond), Rows.ACKED),
                new ClientPipes(perSecond, SMALL),
                Figure.latency(1, 0.5),
                Figure.latency(1, 0.99),
                Figure.latency(1, 0.999));
    }
}
