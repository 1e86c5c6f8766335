package hallows.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values for programs, an object a line.
final class Json {
    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private Json() {}

    /// Maps, lists, numbers, booleans and texts as one line.
    static String line(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    /// The fields of an object, each value as it was written, or why it is none.
    static Map<String, String> fields(String object) throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        try (JsonParser parser = MAPPER.createParser(object)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("it is no object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                fields.put(name, value(parser, object));
            }
            if (parser.nextToken() != null) {
                throw new IOException("there is something behind the object");
            }
        }
        return fields;
    }

    /// The values of a list, each as it was written.
    static List<String> elements(String list) throws IOException {
        List<String> elements = new ArrayList<>();
        try (JsonParser parser = MAPPER.createParser(list)) {
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(value(parser, list));
            }
        }
        return elements;
    }

    private static String value(JsonParser parser, String text) throws IOException {
        int from = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        parser.finishToken();
        return text.substring(from, (int) parser.currentLocation().getCharOffset());
    }

    /// What one value means.
    static JsonNode read(String value) throws IOException {
        return MAPPER.readTree(value);
    }

    /// The text that bytes are, or that they are none.
    static String decoded(byte[] bytes) throws IOException {
        try {
            return text(bytes);
        } catch (CharacterCodingException notOne) {
            throw new IOException("it is not in UTF-8", notOne);
        }
    }

    /// Adds bytes under a name, as text where they are one, and else under `nameBase64`.
    static void put(Map<String, @Nullable Object> fields, String name, byte @Nullable [] bytes) {
        if (bytes == null) {
            fields.put(name, null);
            return;
        }
        try {
            fields.put(name, text(bytes));
        } catch (CharacterCodingException notOne) {
            fields.put(name + "Base64", Base64.getEncoder().encodeToString(bytes));
        }
    }

    private static String text(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }
}
