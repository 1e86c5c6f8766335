package hallows.verify.differential;

import java.util.List;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.jspecify.annotations.Nullable;

/// Produce requests; from version 13 on a topic goes by its id.
final class Produces {
    static final int LAST = Player.highest(ApiKeys.PRODUCE);
    private static final int IDS_SINCE = 13;

    private Produces() {}

    /// A step that appends to the first partition of a topic, or tries to.
    static void send(Player on, String step, Topic topic, MemoryRecords records) {
        on.ask(step, LAST, of(LAST, topic, records));
    }

    static ProduceRequestData of(int version, Topic topic, @Nullable MemoryRecords records) {
        return of(version, topic, List.of(partition(0, records)));
    }

    static ProduceRequestData of(int version, Topic topic, List<PartitionProduceData> partitions) {
        ProduceRequestData request =
                new ProduceRequestData().setAcks((short) -1).setTimeoutMs(30_000);
        request.topicData().add(in(version, topic, partitions));
        return request;
    }

    static TopicProduceData in(int version, Topic topic, List<PartitionProduceData> partitions) {
        TopicProduceData data = new TopicProduceData().setPartitionData(partitions);
        return version < IDS_SINCE ? data.setName(topic.name()) : data.setTopicId(topic.id());
    }

    static PartitionProduceData partition(int index, @Nullable MemoryRecords records) {
        return new PartitionProduceData().setIndex(index).setRecords(records);
    }
}
