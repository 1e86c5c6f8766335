package hallows.verify.differential;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.protocol.ApiKeys;

/// Fetch requests; from version 13 on a topic goes by its id.
final class Fetches {
    static final int LAST = Player.highest(ApiKeys.FETCH);
    private static final int IDS_SINCE = 13;
    private static final int PLENTY_BYTES = 1 << 20;

    private Fetches() {}

    /// Of one partition, without a session, and at once.
    static FetchRequestData of(int version, Topic topic, long offset) {
        return of(version, topic, List.of(partition(0, offset)));
    }

    static FetchRequestData of(int version, Topic topic, List<FetchPartition> partitions) {
        return of(List.of(in(version, topic, partitions)));
    }

    static FetchRequestData of(List<FetchTopic> topics) {
        return new FetchRequestData()
                .setMaxWaitMs(0)
                .setMinBytes(0)
                .setMaxBytes(PLENTY_BYTES * 50)
                .setSessionEpoch(-1)
                .setTopics(topics);
    }

    static FetchTopic in(int version, Topic topic, List<FetchPartition> partitions) {
        FetchTopic data = new FetchTopic().setPartitions(partitions);
        return version < IDS_SINCE ? data.setTopic(topic.name()) : data.setTopicId(topic.id());
    }

    static FetchPartition partition(int index, long offset) {
        return new FetchPartition()
                .setPartition(index)
                .setFetchOffset(offset)
                .setPartitionMaxBytes(PLENTY_BYTES);
    }

    /// A step that reads a topic from its start.
    static void all(Player on, String step, Topic topic, int partitions) {
        on.ask(
                step,
                LAST,
                of(
                        LAST,
                        topic,
                        IntStream.range(0, partitions).mapToObj(at -> partition(at, 0)).toList()));
    }
}
