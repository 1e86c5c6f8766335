package hallows.verify.differential;

import java.util.List;
import java.util.stream.LongStream;
import org.apache.kafka.common.message.ListOffsetsRequestData;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsPartition;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsTopic;
import org.apache.kafka.common.protocol.ApiKeys;

/// ListOffsets: every special timestamp in every version, and times before, within and after.
final class ListOffsetsScript {
    private static final ApiKeys API = ApiKeys.LIST_OFFSETS;
    private static final int LAST = Player.highest(API);
    private static final long[] TIMES = {
        -1,
        -2,
        -3,
        -4,
        -5,
        -6,
        -7,
        0,
        Batches.LONG_AGO - 1,
        Batches.LONG_AGO,
        Batches.LONG_AGO + 500,
        Batches.LONG_AGO + 1000,
        Batches.LONG_AGO + 2000,
        Batches.LONG_AGO + 2001,
        Long.MAX_VALUE
    };

    private ListOffsetsScript() {}

    static void play(Player on) {
        Topic topic = Topic.create(on, "offsets", 2);
        times(on, "empty", topic);
        Produces.send(on, "three", topic, Batches.of("a", "b", "c"));
        Produces.send(on, "one of before", topic, Batches.at(Batches.LONG_AGO - 60_000, "d"));
        times(on, "filled", topic);
        for (int version = 2; version <= LAST; version++) {
            on.ask("committed", version, of("offsets", at(0, -1)).setIsolationLevel((byte) 1));
        }
        places(on);
    }

    private static void places(Player on) {
        on.everyVersion(API, "unknown topic", _ -> of("unknown", at(0, -1)));
        on.everyVersion(API, "one partition of two", _ -> of("offsets", at(9, -1), at(1, -1)));
        for (int epoch : new int[] {0, 9, -1}) {
            on.everyVersion(
                    API,
                    "in epoch " + epoch,
                    _ -> of("offsets", at(0, -1).setCurrentLeaderEpoch(epoch)));
        }
        for (int replica : new int[] {1, 5, -2, -3}) {
            on.everyVersion(
                    API,
                    "as replica " + replica,
                    _ -> of("offsets", at(0, -1)).setReplicaId(replica));
        }
        rows(on);
        on.ask("a partition twice", LAST, of("offsets", at(0, -1), at(0, -2)));
        on.ask("no topics", LAST, new ListOffsetsRequestData());
    }

    /// One topic in several rows, between which there is another.
    private static void rows(Player on) {
        Topic.create(on, "offsets-too", 1);
        on.everyVersion(
                API,
                "a topic in two rows",
                _ ->
                        of(
                                row("offsets", at(0, -1)),
                                row("offsets-too", at(0, -1)),
                                row("offsets", at(1, -2))));
        on.everyVersion(
                API,
                "a partition in two rows",
                _ -> of(row("offsets", at(0, -1), at(1, -1)), row("offsets", at(0, -2))));
        on.everyVersion(API, "a topic without partitions", _ -> of(row("offsets")));
        on.everyVersion(
                API,
                "an unknown partition in two rows",
                _ -> of(row("unknown", at(0, -1)), row("unknown", at(0, -1)), row("unknown")));
    }

    private static void times(Player on, String state, Topic topic) {
        LongStream.of(TIMES)
                .forEach(time ->
                        on.everyVersion(
                                API, state + ", at " + time, _ -> of(topic.name(), at(0, time))));
    }

    private static ListOffsetsRequestData of(String topic, ListOffsetsPartition... partitions) {
        return of(row(topic, partitions));
    }

    private static ListOffsetsRequestData of(ListOffsetsTopic... rows) {
        return new ListOffsetsRequestData().setTopics(List.of(rows));
    }

    private static ListOffsetsTopic row(String topic, ListOffsetsPartition... partitions) {
        return new ListOffsetsTopic().setName(topic).setPartitions(List.of(partitions));
    }

    private static ListOffsetsPartition at(int partition, long timestamp) {
        return new ListOffsetsPartition().setPartitionIndex(partition).setTimestamp(timestamp);
    }
}
