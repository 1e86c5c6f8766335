package hallows.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hallows.server.kafka.Entry;
import hallows.server.kafka.Found;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RecordTemplateTest {
    private static final byte[] NO_TEXT = {(byte) 0xff, 0, (byte) 0xfe};

    private static final Found FOUND =
            new Found(
                    "orders",
                    3,
                    42,
                    new Entry(
                            null,
                            NO_TEXT,
                            List.of(
                                    new Entry.Header("a", "1".getBytes(StandardCharsets.UTF_8)),
                                    new Entry.Header("b", null)),
                            OptionalInt.of(3),
                            OptionalLong.of(5)));

    private static byte[] shown(RecordFormat format) {
        ByteArrayOutputStream to = new ByteArrayOutputStream();
        format.show(FOUND, to);
        return to.toByteArray();
    }

    private static String text(RecordFormat format) {
        return new String(shown(format), StandardCharsets.UTF_8);
    }

    @Test
    void everyLetterHasItsPlace() {
        assertEquals(
                "orders[3]@42 5 null a=1,b=null -1 3 100%\\\t|\r\n",
                text(RecordTemplate.of("%t[%p]@%o %T %k %h %K %S 100%%\\\\\\t|\\r\\n")));
    }

    @Test
    void bytesStayAsTheyAre() {
        assertArrayEquals(NO_TEXT, shown(RecordTemplate.of("%s")));
        assertArrayEquals(
                new byte[] {(byte) 0xff, 0, (byte) 0xfe, '\n'},
                shown(RecordFormat.plain(false, false)));
    }

    @Test
    void jsonShowsBytesThatAreNoText() {
        assertEquals(
                "{\"topic\":\"orders\",\"partition\":3,\"offset\":42,\"timestamp\":5,\"key\":null,"
                        + "\"valueBase64\":\"/wD+\",\"headers\":[{\"key\":\"a\",\"value\":\"1\"},"
                        + "{\"key\":\"b\",\"value\":null}]}\n",
                text(RecordFormat.json()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%x", "%", "\\q", "a\\"})
    void whatHasNoMeaningIsRefused(String template) {
        assertThrows(IllegalArgumentException.class, () -> RecordTemplate.of(template));
    }
}
