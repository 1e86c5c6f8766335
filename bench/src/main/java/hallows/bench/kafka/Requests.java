package hallows.bench.kafka;

import hallows.model.TopicId;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.DeleteTopicsRequestData.DeleteTopicState;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.ObjectSerializationCache;
import org.apache.kafka.common.record.internal.MemoryRecords;

/// Requests in the newest version of each API, as Kafka's clients write them, in frames that can be
/// sent again and again.
public final class Requests {
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final short ALL_REPLICAS = -1;
    private static final int NO_REPLICA = -1;
    private static final int NO_SESSION = -1;

    private Requests() {}

    /// Brings a batch to a partition of a topic, and wants to hear when it is kept.
    public static ByteBuffer produce(TopicId topic, int partition, byte[] batch) {
        PartitionProduceData part =
                new PartitionProduceData()
                        .setIndex(partition)
                        .setRecords(MemoryRecords.readableRecords(ByteBuffer.wrap(batch)));
        ProduceRequestData request =
                new ProduceRequestData().setAcks(ALL_REPLICAS).setTimeoutMs(TIMEOUT_MILLIS);
        request.topicData()
                .add(
                        new TopicProduceData()
                                .setTopicId(uuid(topic))
                                .setPartitionData(List.of(part)));
        return frame(ApiKeys.PRODUCE, request);
    }

    /// Likewise the same one to each partition, in a request each.
    public static List<ByteBuffer> produceToEach(TopicId topic, int partitions, byte[] batch) {
        return IntStream.range(0, partitions)
                .mapToObj(partition -> produce(topic, partition, batch))
                .toList();
    }

    /// What a fetch wants at most and at least, and how long it waits for that.
    ///
    /// @param bytesMax of all partitions, and of each
    /// @param waitMillisMax for a byte
    public record Appetite(int bytesMax, int waitMillisMax) {}

    /// Reads one partition.
    public static ByteBuffer fetch(TopicId topic, int partition, long offset, Appetite appetite) {
        FetchPartition wanted =
                new FetchPartition()
                        .setPartition(partition)
                        .setFetchOffset(offset)
                        .setPartitionMaxBytes(appetite.bytesMax);
        FetchRequestData request =
                new FetchRequestData()
                        .setReplicaState(
                                new FetchRequestData.ReplicaState().setReplicaId(NO_REPLICA))
                        .setSessionEpoch(NO_SESSION)
                        .setMaxBytes(appetite.bytesMax)
                        .setMinBytes(1)
                        .setMaxWaitMs(appetite.waitMillisMax)
                        .setTopics(
                                List.of(
                                        new FetchTopic()
                                                .setTopicId(uuid(topic))
                                                .setPartitions(List.of(wanted))));
        return frame(ApiKeys.FETCH, request);
    }

    /// Makes a topic.
    public static ByteBuffer create(String name, int partitions) {
        CreateTopicsRequestData request =
                new CreateTopicsRequestData().setTimeoutMs(TIMEOUT_MILLIS);
        request.topics()
                .add(
                        new CreatableTopic()
                                .setName(name)
                                .setNumPartitions(partitions)
                                .setReplicationFactor((short) 1));
        return frame(ApiKeys.CREATE_TOPICS, request);
    }

    /// Removes a topic.
    public static ByteBuffer delete(TopicId topic) {
        DeleteTopicState gone = new DeleteTopicState().setName(null).setTopicId(uuid(topic));
        return frame(
                ApiKeys.DELETE_TOPICS,
                new DeleteTopicsRequestData()
                        .setTopics(List.of(gone))
                        .setTimeoutMs(TIMEOUT_MILLIS));
    }

    private static Uuid uuid(TopicId topic) {
        return new Uuid(topic.high(), topic.low());
    }

    /// With its length and its head.
    private static ByteBuffer frame(ApiKeys api, ApiMessage request) {
        short version = api.latestVersion();
        short headVersion = api.requestHeaderVersion(version);
        RequestHeaderData head =
                new RequestHeaderData()
                        .setRequestApiKey(api.id)
                        .setRequestApiVersion(version)
                        .setClientId("bench");
        ObjectSerializationCache cache = new ObjectSerializationCache();
        int length = head.size(cache, headVersion) + request.size(cache, version);
        ByteBuffer frame = ByteBuffer.allocateDirect(Integer.BYTES + length).putInt(length);
        ByteBufferAccessor into = new ByteBufferAccessor(frame);
        head.write(into, cache, headVersion);
        request.write(into, cache, version);
        return frame.flip();
    }
}
