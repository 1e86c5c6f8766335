package hallows.kafka;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.types.BoundField;
import org.apache.kafka.common.protocol.types.RawTaggedField;
import org.apache.kafka.common.protocol.types.Schema;
import org.apache.kafka.common.protocol.types.Struct;
import org.apache.kafka.common.protocol.types.TaggedFields;
import org.apache.kafka.common.protocol.types.Type;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.jspecify.annotations.Nullable;

/// Messages with anything in them that their schema permits, written by Kafka's own types.
final class RandomMessages {
    private static final int BYTES_MAX = 1 << 16;
    private static final int UNKNOWN_TAG = 77;

    /// Two bytes in UTF-8.
    private static final String UMLAUT = String.valueOf((char) 0xe4);

    private final Random random;

    RandomMessages(long seed) {
        random = new Random(seed);
    }

    /// The bytes of a request's body.
    byte[] request(ApiKeys api, int version) {
        return bytes(api.messageType.requestSchemas()[version]);
    }

    private byte[] bytes(Schema schema) {
        ByteBuffer into = ByteBuffer.allocate(BYTES_MAX);
        schema.write(into, value(schema));
        return Arrays.copyOf(into.array(), into.position());
    }

    private @Nullable Object value(Type type) {
        if (type.isNullable() && random.nextInt(4) == 0) {
            return null;
        }
        return switch (type) {
            case Schema schema -> struct(schema);
            case TaggedFields tags -> tags(tags);
            default ->
                    type.arrayElementType().isPresent()
                            ? array(type.arrayElementType().get())
                            : plain(type.toString().replace("NULLABLE_", ""));
        };
    }

    private Struct struct(Schema schema) {
        Struct struct = new Struct(schema);
        for (BoundField field : schema.fields()) {
            struct.set(field, value(field.def.type));
        }
        return struct;
    }

    private Map<Integer, Object> tags(TaggedFields tags) {
        Map<Integer, Object> values = new TreeMap<>();
        tags.fields()
                .forEach((tag, field) -> {
                    Object value = value(field.type);
                    if (value != null && random.nextBoolean()) {
                        values.put(tag, value);
                    }
                });
        if (random.nextInt(4) == 0) {
            values.put(UNKNOWN_TAG, new RawTaggedField(UNKNOWN_TAG, new byte[random.nextInt(9)]));
        }
        return values;
    }

    private @Nullable Object[] array(Type element) {
        @Nullable Object[] values = new Object[random.nextInt(4)];
        Arrays.setAll(values, _ -> value(element));
        return values;
    }

    private Object plain(String type) {
        return switch (type) {
            case "BOOLEAN" -> random.nextBoolean();
            case "INT8" -> (byte) random.nextInt();
            case "INT16" -> (short) random.nextInt();
            case "INT32" -> random.nextInt();
            case "INT64" -> random.nextLong();
            case "UUID" -> new Uuid(random.nextLong(), random.nextLong());
            case "STRING", "COMPACT_STRING" -> UMLAUT.repeat(random.nextInt(100));
            case "BYTES", "COMPACT_BYTES" -> ByteBuffer.wrap(some());
            default -> MemoryRecords.readableRecords(ByteBuffer.wrap(some()));
        };
    }

    private byte[] some() {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        return bytes;
    }
}
