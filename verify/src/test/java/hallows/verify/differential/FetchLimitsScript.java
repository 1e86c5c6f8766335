package hallows.verify.differential;

import static hallows.verify.differential.Fetches.LAST;

import java.util.List;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.protocol.ApiKeys;

/// Fetch with little room: for the answer, for a partition, and one batch at least.
final class FetchLimitsScript {
    private static final ApiKeys API = ApiKeys.FETCH;
    private static final int[] ROOM = {0, 1, 100, 600, 1300, 1_000_000, -1};

    private FetchLimitsScript() {}

    static void play(Player on) {
        Topic topic = Topic.create(on, "limits", 3);
        fill(on, topic);
        for (int room : ROOM) {
            on.everyVersion(
                    API,
                    "an answer of " + room,
                    version -> Fetches.of(version, topic, three(1 << 20)).setMaxBytes(room));
            on.everyVersion(
                    API,
                    "partitions of " + room,
                    version -> Fetches.of(version, topic, three(room)));
        }
        for (int room : ROOM) {
            on.ask(
                    "partitions of 700 in an answer of " + room,
                    LAST,
                    Fetches.of(LAST, topic, three(700)).setMaxBytes(room));
        }
        on.ask(
                "the first has nothing",
                LAST,
                Fetches.of(LAST, topic, List.of(Fetches.partition(0, 4), Fetches.partition(1, 0)))
                        .setMaxBytes(1));
    }

    private static void fill(Player on, Topic topic) {
        for (int batch = 0; batch < 4; batch++) {
            for (int partition = 0; partition < 3; partition++) {
                String value = "v".repeat(500) + batch + partition;
                on.ask(
                        "fill",
                        Produces.LAST,
                        Produces.of(
                                Produces.LAST,
                                topic,
                                List.of(Produces.partition(partition, Batches.of(value)))));
            }
        }
    }

    private static List<FetchPartition> three(int bytes) {
        return List.of(
                Fetches.partition(2, 0).setPartitionMaxBytes(bytes),
                Fetches.partition(0, 1).setPartitionMaxBytes(bytes),
                Fetches.partition(1, 0).setPartitionMaxBytes(bytes));
    }
}
