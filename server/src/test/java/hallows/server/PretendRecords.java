package hallows.server;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.ListOffsetsRequestData;
import org.apache.kafka.common.message.ListOffsetsResponseData;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;

/// The records of a pretended broker. Lives where it is locked.
final class PretendRecords {
    private final Map<String, Kept> partitions = new TreeMap<>();

    /// A partition.
    private static final class Kept {
        private final List<MutableRecordBatch> batches = new ArrayList<>();
        private long end;
    }

    ApiMessage answer(ApiMessage asked) {
        return switch (asked) {
            case ProduceRequestData request -> produce(request);
            case ListOffsetsRequestData request -> offsets(request);
            case FetchRequestData request -> fetch(request);
            default -> throw new IllegalArgumentException(asked.toString());
        };
    }

    private ApiMessage produce(ProduceRequestData request) {
        ProduceResponseData response = new ProduceResponseData();
        for (var topic : request.topicData()) {
            var told = new ProduceResponseData.TopicProduceResponse().setName(topic.name());
            for (var data : topic.partitionData()) {
                boolean refused = topic.name().equals("strict");
                Kept kept = kept(topic.name(), data.index());
                told.partitionResponses()
                        .add(
                                new ProduceResponseData.PartitionProduceResponse()
                                        .setIndex(data.index())
                                        .setErrorCode(
                                                (refused ? Errors.INVALID_RECORD : Errors.NONE)
                                                        .code())
                                        .setBaseOffset(kept.end));
                if (!refused) {
                    keep(kept, (MemoryRecords) data.records());
                }
            }
            response.responses().add(told);
        }
        return response;
    }

    private Kept kept(String topic, int partition) {
        return partitions.computeIfAbsent(topic + "-" + partition, _ -> new Kept());
    }

    private static void keep(Kept kept, MemoryRecords records) {
        for (MutableRecordBatch batch : records.batches()) {
            long count = batch.lastOffset() - batch.baseOffset() + 1;
            batch.setLastOffset(kept.end + count - 1);
            batch.setPartitionLeaderEpoch(0);
            kept.batches.add(batch);
            kept.end += count;
        }
    }

    private ApiMessage offsets(ListOffsetsRequestData request) {
        ListOffsetsResponseData response = new ListOffsetsResponseData();
        for (var topic : request.topics()) {
            var told = new ListOffsetsResponseData.ListOffsetsTopicResponse().setName(topic.name());
            for (var asked : topic.partitions()) {
                Kept kept = kept(topic.name(), asked.partitionIndex());
                told.partitions()
                        .add(
                                new ListOffsetsResponseData.ListOffsetsPartitionResponse()
                                        .setPartitionIndex(asked.partitionIndex())
                                        .setOffset(offset(kept, asked.timestamp()))
                                        .setTimestamp(asked.timestamp()));
            }
            response.topics().add(told);
        }
        return response;
    }

    private static long offset(Kept kept, long timestamp) {
        if (timestamp < 0) {
            return timestamp == -2 ? 0 : kept.end;
        }
        return kept.batches.stream()
                .filter(batch -> batch.maxTimestamp() >= timestamp)
                .mapToLong(MutableRecordBatch::baseOffset)
                .findFirst()
                .orElse(-1);
    }

    private ApiMessage fetch(FetchRequestData request) {
        FetchResponseData response = new FetchResponseData();
        for (var topic : request.topics()) {
            var told = new FetchResponseData.FetchableTopicResponse().setTopic(topic.topic());
            for (var asked : topic.partitions()) {
                Kept kept = kept(topic.topic(), asked.partition());
                told.partitions()
                        .add(
                                new FetchResponseData.PartitionData()
                                        .setPartitionIndex(asked.partition())
                                        .setHighWatermark(kept.end)
                                        .setLastStableOffset(kept.end)
                                        .setLogStartOffset(0)
                                        .setRecords(from(kept, asked.fetchOffset())));
            }
            response.responses().add(told);
        }
        return response;
    }

    private static MemoryRecords from(Kept kept, long offset) {
        ByteBuffer all = ByteBuffer.allocate(1 << 20);
        kept.batches.stream()
                .filter(batch -> batch.lastOffset() >= offset)
                .forEach(batch -> batch.writeTo(all));
        return MemoryRecords.readableRecords(all.flip());
    }
}
