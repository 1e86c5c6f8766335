package hallows.bench.kafka;

import hallows.model.TopicId;
import java.nio.ByteBuffer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.message.CreateTopicsResponseData.CreatableTopicResult;
import org.apache.kafka.common.message.DeleteTopicsResponseData;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.ResponseHeaderData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.RecordBatch;

/// Replies to [Requests]; one that is an error ends the measurement.
public final class Replies {
    private Replies() {}

    /// What a read brought.
    ///
    /// @param next the offset behind it, or -1 when there was nothing
    /// @param bytes of all batches that came whole
    public record Read(long next, long bytes) {}

    /// A produce was kept, in all its partitions.
    public static void produced(ByteBuffer frame) {
        ProduceResponseData reply = read(ApiKeys.PRODUCE, frame, new ProduceResponseData());
        for (ProduceResponseData.TopicProduceResponse topic : reply.responses()) {
            for (ProduceResponseData.PartitionProduceResponse part : topic.partitionResponses()) {
                good(part.errorCode());
            }
        }
    }

    /// What a fetch of one partition brought.
    public static Read fetched(ByteBuffer frame) {
        FetchResponseData reply = read(ApiKeys.FETCH, frame, new FetchResponseData());
        good(reply.errorCode());
        if (reply.responses().isEmpty()) {
            return new Read(-1, 0);
        }
        PartitionData part = reply.responses().getFirst().partitions().getFirst();
        good(part.errorCode());
        long next = -1;
        long bytes = 0;
        for (RecordBatch batch : ((MemoryRecords) part.records()).batches()) {
            next = batch.nextOffset();
            bytes += batch.sizeInBytes();
        }
        return new Read(next, bytes);
    }

    /// Whether a fetch of one partition was answered by its leader.
    public static boolean isLed(ByteBuffer frame) {
        FetchResponseData reply = read(ApiKeys.FETCH, frame, new FetchResponseData());
        return reply.errorCode() == Errors.NONE.code()
                && reply.responses().getFirst().partitions().getFirst().errorCode()
                        == Errors.NONE.code();
    }

    /// The topic that was made.
    public static TopicId created(ByteBuffer frame) {
        CreateTopicsResponseData reply =
                read(ApiKeys.CREATE_TOPICS, frame, new CreateTopicsResponseData());
        CreatableTopicResult made = reply.topics().iterator().next();
        good(made.errorCode());
        Uuid id = made.topicId();
        return new TopicId(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    /// A topic is gone.
    public static void deleted(ByteBuffer frame) {
        DeleteTopicsResponseData reply =
                read(ApiKeys.DELETE_TOPICS, frame, new DeleteTopicsResponseData());
        good(reply.responses().iterator().next().errorCode());
    }

    private static <R extends ApiMessage> R read(ApiKeys api, ByteBuffer frame, R empty) {
        ByteBufferAccessor in = new ByteBufferAccessor(frame);
        short version = api.latestVersion();
        ResponseHeaderData _ = new ResponseHeaderData(in, api.responseHeaderVersion(version));
        empty.read(in, version);
        return empty;
    }

    private static void good(short error) {
        if (error != Errors.NONE.code()) {
            throw new IllegalStateException("the broker refuses: " + Errors.forCode(error));
        }
    }
}
