package hallows.server;

import com.fasterxml.jackson.databind.JsonNode;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.server.kafka.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A line is an object: `key`, `value`, `headers`, `partition`, `timestamp`, all as they are
/// wanted, and in the form in which `consume --json` gives them.
///
/// @param headers of every record, before its own
/// @param partition where those go that do not say
record JsonLines(List<Entry.Header> headers, OptionalInt partition) implements LineEntries {
    private static final List<String> FIELDS =
            List.of(
                    "key",
                    "keyBase64",
                    "value",
                    "valueBase64",
                    "headers",
                    "partition",
                    "timestamp",
                    // Where it was read; of no meaning here.
                    "topic",
                    "offset");

    @Override
    public Result<Entry> entry(byte[] line) {
        try {
            return new Result.Ok<>(entry(Json.object(line)));
        } catch (IOException malformed) {
            String first = String.valueOf(malformed.getMessage()).lines().findFirst().orElse("");
            return Result.failed(Fault.Kind.UNSUPPORTED, "not a record in JSON: " + first);
        }
    }

    private Entry entry(JsonNode said) throws IOException {
        for (String field : (Iterable<String>) said::fieldNames) {
            if (!FIELDS.contains(field)) {
                throw new IOException(
                        "there is no field '%s'%s"
                                .formatted(
                                        field,
                                        Nearest.to(field, FIELDS)
                                                .map("; did you mean '%s'?"::formatted)
                                                .orElse("")));
            }
        }
        return new Entry(
                bytes(said, "key"),
                bytes(said, "value"),
                headers(said.path("headers")),
                partition(said.path("partition")),
                timestamp(said.path("timestamp")));
    }

    /// A text is itself, nothing is nothing, and any other value is its JSON.
    private static byte @Nullable [] bytes(JsonNode said, String name) throws IOException {
        JsonNode packed = said.path(name + "Base64");
        if (packed.isTextual()) {
            return packed.binaryValue();
        }
        JsonNode value = said.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        String text = value.isTextual() ? value.textValue() : value.toString();
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private List<Entry.Header> headers(JsonNode said) throws IOException {
        List<Entry.Header> all = new ArrayList<>(headers);
        if (said.isObject()) {
            for (String key : (Iterable<String>) said::fieldNames) {
                all.add(new Entry.Header(key, bytes(said, key)));
            }
        } else if (said.isArray()) {
            for (JsonNode header : said) {
                if (!header.path("key").isTextual()) {
                    throw new IOException("a header has a key and a value");
                }
                all.add(new Entry.Header(header.path("key").textValue(), bytes(header, "value")));
            }
        } else if (!said.isMissingNode() && !said.isNull()) {
            throw new IOException("headers are an object, or a list of keys and values");
        }
        return all;
    }

    private OptionalInt partition(JsonNode said) throws IOException {
        if (said.isMissingNode() || said.isNull()) {
            return partition;
        }
        if (!said.canConvertToInt() || !said.isIntegralNumber() || said.intValue() < 0) {
            throw new IOException("a partition is a whole number from 0 on");
        }
        return OptionalInt.of(said.intValue());
    }

    private static OptionalLong timestamp(JsonNode said) throws IOException {
        if (said.isMissingNode() || said.isNull()) {
            return OptionalLong.empty();
        }
        if (!said.canConvertToLong() || !said.isIntegralNumber() || said.longValue() < 0) {
            throw new IOException("a timestamp is milliseconds since 1970, in a whole number");
        }
        return OptionalLong.of(said.longValue());
    }
}
