package hallows.server;

import com.fasterxml.jackson.databind.JsonNode;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.server.kafka.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A line is an object: `key`, `value`, `headers`, `partition`, `timestamp`, all as they are
/// wanted, and in the form in which `consume --json` gives them.
///
/// @param headers of every record, before its own
/// @param partition where those go that do not say
record JsonLines(List<Entry.Header> headers, OptionalInt partition) implements LineEntries {
    private static final String NOTHING = "null";

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
            return new Result.Ok<>(entry(Json.fields(Json.decoded(line))));
        } catch (IOException malformed) {
            String first = String.valueOf(malformed.getMessage()).lines().findFirst().orElse("");
            return Result.failed(Fault.Kind.UNSUPPORTED, "not a record in JSON: " + first);
        }
    }

    private Entry entry(Map<String, String> said) throws IOException {
        for (String field : said.keySet()) {
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
                headers(said.getOrDefault("headers", NOTHING)),
                partition(Json.read(said.getOrDefault("partition", NOTHING))),
                timestamp(Json.read(said.getOrDefault("timestamp", NOTHING))));
    }

    /// A text is itself, nothing is nothing, and any other value is its JSON, as it was written.
    private static byte @Nullable [] bytes(Map<String, String> said, String name)
            throws IOException {
        String packed = said.get(name + "Base64");
        if (packed != null) {
            return unpacked(name, packed, said.containsKey(name));
        }
        String written = said.getOrDefault(name, NOTHING);
        JsonNode value = Json.read(written);
        if (value.isNull()) {
            return null;
        }
        String text = value.isTextual() ? value.textValue() : written;
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] unpacked(String name, String packed, boolean twice) throws IOException {
        JsonNode value = Json.read(packed);
        if (!value.isTextual() || twice) {
            throw new IOException(
                    "%1$sBase64 is a text in Base64, in the place of %1$s".formatted(name));
        }
        return value.binaryValue();
    }

    private List<Entry.Header> headers(String said) throws IOException {
        List<Entry.Header> all = new ArrayList<>(headers);
        switch (said.charAt(0)) {
            case '{' -> {
                Map<String, String> fields = Json.fields(said);
                for (Map.Entry<String, String> field : fields.entrySet()) {
                    byte[] value = bytes(Map.of("value", field.getValue()), "value");
                    all.add(new Entry.Header(field.getKey(), value));
                }
            }
            case '[' -> {
                for (String header : Json.elements(said)) {
                    all.add(header(header));
                }
            }
            default -> {
                if (!said.equals(NOTHING)) {
                    throw new IOException("headers are an object, or a list of keys and values");
                }
            }
        }
        return all;
    }

    private static Entry.Header header(String said) throws IOException {
        Map<String, String> fields = said.startsWith("{") ? Json.fields(said) : Map.of();
        JsonNode key = Json.read(fields.getOrDefault("key", NOTHING));
        if (!key.isTextual()) {
            throw new IOException("a header has a key and a value");
        }
        return new Entry.Header(key.textValue(), bytes(fields, "value"));
    }

    private OptionalInt partition(JsonNode said) throws IOException {
        if (said.isNull()) {
            return partition;
        }
        if (!said.canConvertToInt() || !said.isIntegralNumber() || said.intValue() < 0) {
            throw new IOException("a partition is a whole number from 0 on");
        }
        return OptionalInt.of(said.intValue());
    }

    private static OptionalLong timestamp(JsonNode said) throws IOException {
        if (said.isNull()) {
            return OptionalLong.empty();
        }
        if (!said.canConvertToLong() || !said.isIntegralNumber() || said.longValue() < 0) {
            throw new IOException("a timestamp is milliseconds since 1970, in a whole number");
        }
        return OptionalLong.of(said.longValue());
    }
}
