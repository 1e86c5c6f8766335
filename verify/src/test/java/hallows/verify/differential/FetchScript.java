package hallows.verify.differential;

import static hallows.verify.differential.Fetches.LAST;

import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.message.FetchRequestData.ReplicaState;
import org.apache.kafka.common.protocol.ApiKeys;

/// Fetch without a session: records from any offset, and what is wrong with offsets, epochs and
/// places.
final class FetchScript {
    private static final ApiKeys API = ApiKeys.FETCH;

    private FetchScript() {}

    static void play(Player on) {
        Topic topic = Topic.create(on, "fetch", 2);
        Produces.send(on, "three to begin with", topic, Batches.of("a", "b", "c"));
        Produces.send(
                on, "two more, packed", topic, Batches.packed(Compression.lz4().build(), "d", "e"));
        for (int offset : new int[] {0, 1, 3, 4, 5, 6, -1, 1000}) {
            on.everyVersion(API, "from " + offset, version -> Fetches.of(version, topic, offset));
        }
        on.everyVersion(
                API,
                "committed alone",
                version -> Fetches.of(version, topic, 0).setIsolationLevel((byte) 1));
        places(on, topic);
        epochs(on, topic);
        followers(on, topic);
        on.ask("of a rack", LAST, Fetches.of(LAST, topic, 0).setRackId("rack 7"));
    }

    private static void places(Player on, Topic topic) {
        on.everyVersion(API, "unknown topic", version -> Fetches.of(version, Topic.UNKNOWN, 0));
        on.everyVersion(
                API,
                "one partition of two",
                version ->
                        Fetches.of(
                                version,
                                topic,
                                List.of(Fetches.partition(9, 0), Fetches.partition(0, 3))));
        on.everyVersion(API, "nothing", _ -> Fetches.of(List.of()));
        rows(on, topic, "a topic in two rows", 1);
        rows(on, topic, "a partition in two rows", 0);
    }

    /// One topic before and after another.
    private static void rows(Player on, Topic topic, String step, int second) {
        on.everyVersion(
                API,
                step,
                version ->
                        Fetches.of(
                                List.of(
                                        row(version, topic, Fetches.partition(0, 0)),
                                        row(version, Topic.UNKNOWN, Fetches.partition(0, 0)),
                                        row(version, topic, Fetches.partition(second, 3)))));
    }

    private static FetchTopic row(int version, Topic topic, FetchPartition partition) {
        return Fetches.in(version, topic, List.of(partition));
    }

    private static void epochs(Player on, Topic topic) {
        for (int epoch : new int[] {0, 7, -1}) {
            on.everyVersion(
                    API,
                    "in epoch " + epoch,
                    version ->
                            one(
                                    version,
                                    topic,
                                    Fetches.partition(0, 0).setCurrentLeaderEpoch(epoch)));
        }
        for (int epoch : new int[] {0, 5, -2}) {
            for (int version = 12; version <= LAST; version++) {
                on.ask(
                        "after epoch " + epoch,
                        version,
                        one(version, topic, Fetches.partition(0, 3).setLastFetchedEpoch(epoch)));
            }
        }
        on.ask(
                "after epoch 0, beyond",
                LAST,
                one(LAST, topic, Fetches.partition(0, 9).setLastFetchedEpoch(0)));
    }

    /// Whoever says that it is a broker: itself, a stranger, a debugger.
    private static void followers(Player on, Topic topic) {
        for (int replica : new int[] {1, 5, -2}) {
            on.everyVersion(
                    API,
                    "as replica " + replica,
                    version ->
                            version < 15
                                    ? Fetches.of(version, topic, 0).setReplicaId(replica)
                                    : Fetches.of(version, topic, 0)
                                            .setReplicaState(
                                                    new ReplicaState().setReplicaId(replica)));
        }
    }

    private static FetchRequestData one(int version, Topic topic, FetchPartition partition) {
        return Fetches.of(version, topic, List.of(partition));
    }
}
