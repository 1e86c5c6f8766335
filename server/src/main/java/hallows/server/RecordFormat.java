package hallows.server;

import hallows.server.kafka.Entry;
import hallows.server.kafka.Found;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a record is shown.
interface RecordFormat {
    /// Adds a record to what is shown.
    void show(Found found, ByteArrayOutputStream to);

    /// Its value, in bytes as they are, and a line end; before it key and headers, if they are
    /// wanted, each with a tab behind it.
    static RecordFormat plain(boolean keys, boolean headers) {
        return (found, to) -> {
            if (headers) {
                to.writeBytes(text(found.entry().headers()));
                to.write('\t');
            }
            if (keys) {
                to.writeBytes(orNull(found.entry().key()));
                to.write('\t');
            }
            to.writeBytes(orNull(found.entry().value()));
            to.write('\n');
        };
    }

    /// All of it as an object in a line.
    static RecordFormat json() {
        return (found, to) -> {
            to.writeBytes(Json.line(fields(found)).getBytes(StandardCharsets.UTF_8));
            to.write('\n');
        };
    }

    private static Map<String, @Nullable Object> fields(Found found) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("topic", found.topic());
        fields.put("partition", found.partition());
        fields.put("offset", found.offset());
        // Kafka's -1 says that there is none.
        found.entry()
                .timestamp()
                .ifPresent(millis -> {
                    if (millis >= 0) {
                        fields.put("timestamp", millis);
                    }
                });
        Json.put(fields, "key", found.entry().key());
        Json.put(fields, "value", found.entry().value());
        List<Map<String, @Nullable Object>> headers = new ArrayList<>();
        for (Entry.Header header : found.entry().headers()) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("key", header.key());
            Json.put(one, "value", header.value());
            headers.add(one);
        }
        fields.put("headers", headers);
        return fields;
    }

    /// `key=value`, with commas between them.
    static byte[] text(List<Entry.Header> headers) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (Entry.Header header : headers) {
            if (text.size() > 0) {
                text.write(',');
            }
            text.writeBytes(header.key().getBytes(StandardCharsets.UTF_8));
            text.write('=');
            text.writeBytes(orNull(header.value()));
        }
        return text.toByteArray();
    }

    /// As it is, or the word for nothing.
    static byte[] orNull(byte @Nullable [] bytes) {
        return bytes == null ? "null".getBytes(StandardCharsets.UTF_8) : bytes;
    }
}
