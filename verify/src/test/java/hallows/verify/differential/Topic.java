package hallows.verify.differential;

import hallows.verify.system.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopicConfig;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.message.ListOffsetsRequestData;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsPartition;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsTopic;
import org.apache.kafka.common.message.ListOffsetsResponseData;
import org.apache.kafka.common.protocol.ApiKeys;

/// A topic that a script has made, under the id that its side gave it.
record Topic(String name, Uuid id) {
    /// One that nobody has.
    static final Topic UNKNOWN = new Topic("nobody-has-it", new Uuid(7, 7));

    /// Makes one, and returns when each of its partitions is led.
    ///
    /// @param configs keys and values in turn
    static Topic create(Player on, String name, int partitions, String... configs) {
        CreatableTopic topic =
                new CreatableTopic()
                        .setName(name)
                        .setNumPartitions(partitions)
                        .setReplicationFactor((short) 1);
        for (int at = 0; at < configs.length; at += 2) {
            topic.configs()
                    .add(new CreatableTopicConfig().setName(configs[at]).setValue(configs[at + 1]));
        }
        CreateTopicsRequestData request = new CreateTopicsRequestData().setTimeoutMs(30_000);
        request.topics().add(topic);
        Uuid id =
                on.ask("create " + name, Player.highest(ApiKeys.CREATE_TOPICS), request)
                        .as(CreateTopicsResponseData.class)
                        .topics()
                        .find(name)
                        .topicId();
        awaitLed(on, name, partitions);
        return new Topic(name, id);
    }

    /// Whether a broker answers for all its partitions. It hears of a topic a moment after the
    /// controller has confirmed it, of Kafka's as of ours.
    private static boolean isLed(Player on, String name, int partitions) {
        return offsets(on, name, partitions).topics().getFirst().partitions().stream()
                .allMatch(partition -> partition.errorCode() == 0);
    }

    private static ListOffsetsResponseData offsets(Player on, String name, int partitions) {
        List<ListOffsetsPartition> all =
                new ArrayList<>(
                        IntStream.range(0, partitions)
                                .mapToObj(partition ->
                                        new ListOffsetsPartition()
                                                .setPartitionIndex(partition)
                                                .setTimestamp(-1))
                                .toList());
        ListOffsetsTopic topic = new ListOffsetsTopic().setName(name).setPartitions(all);
        return on.quietly(7, new ListOffsetsRequestData().setTopics(List.of(topic)))
                .as(ListOffsetsResponseData.class);
    }

    /// Returns when a broker no longer knows a topic.
    static void awaitGone(Player on, String name) {
        Await.until(
                name + " is gone",
                () ->
                        offsets(on, name, 1).topics().getFirst().partitions().getFirst().errorCode()
                                == 3);
    }

    /// Returns when a broker leads all partitions of a topic that it made by itself.
    static void awaitLed(Player on, String name, int partitions) {
        Await.until(name + " is led", () -> isLed(on, name, partitions));
    }
}
