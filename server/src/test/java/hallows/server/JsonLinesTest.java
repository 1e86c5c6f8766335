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
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        assertEquals(
                "2", text(java.util.Objects.requireNonNull(entry.headers().getLast().value())));
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
                "{} {} | not a record in JSON: ",
                "{ | not a record in JSON: "
            })
    void whatIsNoRecordIsASentence(String line, String said) {
        String message = assertInstanceOf(Result.Failed.class, read(line)).fault().message();
        assertTrue(message.contains(said), message);
        assertEquals(1, message.lines().count());
    }
}
