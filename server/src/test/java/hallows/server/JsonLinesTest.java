package hallows.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.Result;
import hallows.server.kafka.Entry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonLinesTest {
    private static Result<Entry> read(String line) {
        List<Entry.Header> all = List.of(new Entry.Header("all", null));
        return new JsonLines(all, OptionalInt.of(4)).entry(line.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void whatIsNotSaidIsTheDefault() {
        Entry entry = read("{}").orThrow();
        assertNull(entry.key());
        assertNull(entry.value());
        assertEquals(OptionalInt.of(4), entry.partition());
        assertTrue(entry.timestamp().isEmpty());
        assertEquals(List.of("all"), entry.headers().stream().map(Entry.Header::key).toList());
    }

    @Test
    void headersAreAnObjectOrAList() {
        String list = "{\"headers\":[{\"key\":\"a\",\"value\":\"1\"},{\"key\":\"a\"}]}";
        assertEquals(3, read(list).orThrow().headers().size());
        Entry entry = read("{\"headers\":{\"a\":2}}").orThrow();
        assertEquals("2", text(Objects.requireNonNull(entry.headers().getLast().value())));
    }

    /// No number is rounded, and nothing is put in another order.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.1234567890123456789",
                "1e400",
                "-0.0",
                "123456789012345678901234567890",
                "{\"b\" : 1.10, \"a\":[ 1,2 ]}",
                "[]",
                "true"
            })
    void aValueThatIsNoTextIsSentAsItWasWritten(String value) {
        Entry entry = read("{\"key\": " + value + " ,\"value\":" + value + "}").orThrow();
        assertEquals(value, text(Objects.requireNonNull(entry.key())));
        assertEquals(value, text(Objects.requireNonNull(entry.value())));
        String list = "{\"headers\":[ {\"key\":\"h\", \"value\":" + value + " } ]}";
        for (String line : List.of(list, "{\"headers\":{\"h\":" + value + "}}")) {
            Entry.Header header = read(line).orThrow().headers().getLast();
            assertEquals(value, text(Objects.requireNonNull(header.value())));
        }
    }

    @Test
    void lettersBehindAnyPlaceAreLetters() {
        Entry entry = read("{\"key\":\"\ud83d\ude00\",\"value\":{\"ä\":\"\u20ac\"}}").orThrow();
        assertEquals("\ud83d\ude00", text(Objects.requireNonNull(entry.key())));
        assertEquals("{\"ä\":\"\u20ac\"}", text(Objects.requireNonNull(entry.value())));
    }

    @Test
    void bytesThatAreNoTextComeInBase64() {
        Entry entry = read("{\"valueBase64\":\"/wD+\"}").orThrow();
        assertArrayEquals(new byte[] {(byte) 0xff, 0, (byte) 0xfe}, entry.value());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1] | it is no object",
                "{\"vlaue\":1} | there is no field 'vlaue'; did you mean 'value'?",
                "{\"partition\":-1} | a partition is a whole number from 0 on",
                "{\"partition\":1.5} | a partition is a whole number from 0 on",
                "{\"timestamp\":\"x\"} | a timestamp is milliseconds since 1970, in a whole number",
                "{\"headers\":1} | headers are an object, or a list of keys and values",
                "{\"headers\":[1]} | a header has a key and a value",
                "{\"value\":1,\"value\":2} | Duplicate field 'value'",
                "{\"value\":{\"a\":1,\"a\":2}} | Duplicate field 'a'",
                "{\"valueBase64\":1} | valueBase64 is a text in Base64, in the place of value",
                "{\"key\":1,\"keyBase64\":\"\"} | keyBase64 is a text in Base64, in the place of key",
                "{} {} | not a record in JSON: ",
                "{ | not a record in JSON: "
            })
    void whatIsNoRecordIsASentence(String line, String said) {
        String message = assertInstanceOf(Result.Failed.class, read(line)).fault().message();
        assertTrue(message.contains(said), message);
        assertEquals(1, message.lines().count());
    }
}
