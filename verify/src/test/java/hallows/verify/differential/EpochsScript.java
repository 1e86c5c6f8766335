package hallows.verify.differential;

import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderPartition;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderTopic;
import org.apache.kafka.common.protocol.ApiKeys;

/// OffsetsForLeaderEpoch: where epochs that were and were not have ended.
final class EpochsScript {
    private static final ApiKeys API = ApiKeys.OFFSET_FOR_LEADER_EPOCH;

    private EpochsScript() {}

    static void play(Player on) {
        Topic topic = Topic.create(on, "epochs", 2);
        on.everyVersion(API, "empty", _ -> of("epochs", 0, 0));
        Produces.send(on, "three", topic, Batches.of("a", "b", "c"));
        for (int epoch : new int[] {0, 1, 99, -1, -2}) {
            on.everyVersion(API, "epoch " + epoch, _ -> of("epochs", 0, epoch));
        }
        for (int current : new int[] {0, 4, -1}) {
            on.everyVersion(API, "in epoch " + current, _ -> in(current, of("epochs", 0, 0)));
        }
        on.everyVersion(API, "unknown topic", _ -> of("unknown", 0, 0));
        on.everyVersion(API, "unknown partition", _ -> of("epochs", 5, 0));
        on.everyVersion(
                API,
                "a topic in two rows",
                _ -> of(row("epochs", 0, 0), row("unknown", 0, 0), row("epochs", 1, 0)));
        on.everyVersion(
                API, "a partition in two rows", _ -> of(row("epochs", 0, 0), row("epochs", 0, 1)));
        on.everyVersion(API, "as replica 1", _ -> of("epochs", 0, 0).setReplicaId(1));
        on.everyVersion(API, "nothing", _ -> new OffsetForLeaderEpochRequestData());
    }

    private static OffsetForLeaderEpochRequestData of(String topic, int partition, int epoch) {
        return of(row(topic, partition, epoch));
    }

    private static OffsetForLeaderEpochRequestData of(OffsetForLeaderTopic... rows) {
        OffsetForLeaderEpochRequestData request =
                new OffsetForLeaderEpochRequestData().setReplicaId(-1);
        for (OffsetForLeaderTopic row : rows) {
            request.topics().mustAdd(row);
        }
        return request;
    }

    private static OffsetForLeaderTopic row(String topic, int partition, int epoch) {
        OffsetForLeaderTopic row = new OffsetForLeaderTopic().setTopic(topic);
        row.partitions()
                .add(new OffsetForLeaderPartition().setPartition(partition).setLeaderEpoch(epoch));
        return row;
    }

    private static OffsetForLeaderEpochRequestData in(
            int current, OffsetForLeaderEpochRequestData request) {
        request.topics()
                .forEach(topic -> topic.partitions().getFirst().setCurrentLeaderEpoch(current));
        return request;
    }
}
