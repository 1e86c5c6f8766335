package hallows.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Values for programs, an object a line.
final class Json {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private Json() {}

    /// Maps, lists, numbers, booleans and texts as one line.
    static String line(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    /// The object that a line is, or why it is none.
    static JsonNode object(byte[] line) throws IOException {
        JsonNode read = MAPPER.readTree(line);
        if (!read.isObject()) {
            throw new IOException("it is no object");
        }
        return read;
    }

    /// Adds bytes under a name, as text where they are one, and else under `nameBase64`.
    static void put(Map<String, @Nullable Object> fields, String name, byte @Nullable [] bytes) {
        if (bytes == null) {
            fields.put(name, null);
            return;
        }
        text(bytes)
                .ifPresentOrElse(
                        text -> fields.put(name, text),
                        () ->
                                fields.put(
                                        name + "Base64",
                                        Base64.getEncoder().encodeToString(bytes)));
    }

    private static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException notOne) {
            return Optional.empty();
        }
    }
}
