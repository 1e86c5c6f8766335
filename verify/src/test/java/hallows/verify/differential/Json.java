package hallows.verify.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/// Answers as JSON: by Kafka's own converters, and records read out of their batches.
final class Json {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Json() {}

    static JsonNode of(ApiMessage body, short version) {
        JsonNode json = converted(body, version);
        if (body instanceof FetchResponseData fetched) {
            readRecords(fetched, (ObjectNode) json);
        }
        return json;
    }

    private static JsonNode converted(ApiMessage body, short version) {
        try {
            Method write =
                    Class.forName(body.getClass().getName() + "JsonConverter")
                            .getMethod("write", body.getClass(), short.class);
            return (JsonNode) write.invoke(null, body, version);
        } catch (ReflectiveOperationException unconvertible) {
            throw new IllegalStateException(body.getClass() + " has no JSON", unconvertible);
        }
    }

    private static void readRecords(FetchResponseData fetched, ObjectNode json) {
        for (int topic = 0; topic < fetched.responses().size(); topic++) {
            var partitions = fetched.responses().get(topic).partitions();
            for (int at = 0; at < partitions.size(); at++) {
                ObjectNode place =
                        (ObjectNode) json.get("responses").get(topic).get("partitions").get(at);
                place.remove("recordsSizeInBytes");
                place.set("records", records((MemoryRecords) partitions.get(at).records()));
            }
        }
    }

    /// The batches, and how many bytes of one more there are.
    private static JsonNode records(@Nullable MemoryRecords records) {
        if (records == null) {
            return NODES.nullNode();
        }
        ObjectNode json = NODES.objectNode();
        ArrayNode batches = json.putArray("batches");
        int whole = 0;
        for (RecordBatch batch : records.batches()) {
            batches.add(batch(batch));
            whole += batch.sizeInBytes();
        }
        return json.put("partial", records.sizeInBytes() - whole);
    }

    private static JsonNode batch(RecordBatch batch) {
        ObjectNode json =
                NODES.objectNode()
                        .put("baseOffset", batch.baseOffset())
                        .put("lastOffset", batch.lastOffset())
                        .put("magic", batch.magic())
                        .put("valid", batch.isValid())
                        .put("bytes", batch.sizeInBytes())
                        .put("leaderEpoch", batch.partitionLeaderEpoch())
                        .put("compression", batch.compressionType().name)
                        .put("timestampType", batch.timestampType().name)
                        .put("maxTimestamp", batch.maxTimestamp())
                        .put("producerId", batch.producerId())
                        .put("producerEpoch", batch.producerEpoch())
                        .put("baseSequence", batch.baseSequence())
                        .put("transactional", batch.isTransactional())
                        .put("control", batch.isControlBatch());
        ArrayNode records = json.putArray("records");
        batch.forEach(record -> records.add(record(record)));
        return json;
    }

    private static JsonNode record(Record record) {
        ObjectNode json =
                NODES.objectNode()
                        .put("offset", record.offset())
                        .put("timestamp", record.timestamp())
                        .put("key", text(record.key()))
                        .put("value", text(record.value()));
        ObjectNode headers = json.putObject("headers");
        for (Header header : record.headers()) {
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        return json;
    }

    private static @Nullable String text(@Nullable ByteBuffer bytes) {
        return bytes == null
                ? null
                : new String(Utils.toArray(bytes.duplicate()), StandardCharsets.UTF_8);
    }
}
