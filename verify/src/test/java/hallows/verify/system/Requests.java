package hallows.verify.system;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.jspecify.annotations.Nullable;

/// Requests that are whole, as Kafka's classes write them, for those who break them.
final class Requests {
    private Requests() {}

    /// Asks what there is, of no topic.
    static ApiMessage metadata() {
        return new MetadataRequestData().setTopics(List.of());
    }

    /// Wants much of a topic.
    static ApiMessage fetch(String topic) {
        FetchPartition partition =
                new FetchPartition().setPartition(0).setPartitionMaxBytes(20_000_000);
        FetchTopic wanted = new FetchTopic().setTopic(topic).setPartitions(List.of(partition));
        return new FetchRequestData()
                .setSessionEpoch(-1)
                .setMaxBytes(20_000_000)
                .setTopics(List.of(wanted));
    }

    /// Brings bytes to a topic, or none.
    static ApiMessage produce(String topic, byte @Nullable [] bytes) {
        PartitionProduceData partition =
                new PartitionProduceData()
                        .setRecords(
                                bytes == null
                                        ? null
                                        : MemoryRecords.readableRecords(ByteBuffer.wrap(bytes)));
        ProduceRequestData request =
                new ProduceRequestData().setAcks((short) -1).setTimeoutMs(5000);
        request.topicData()
                .add(new TopicProduceData().setName(topic).setPartitionData(List.of(partition)));
        return request;
    }

    /// One behind the other.
    static byte[] joined(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
    }
}
