package hallows.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PropertiesTextTest {
    private static PropertiesText text(String text) {
        return PropertiesText.of("server.properties", text);
    }

    @Test
    void aFileIsReadAsJavaReadsIt() {
        PropertiesText read =
                text(
                        "# nothing\n! nothing either\na = 1 \nb:2\nc 3\nd=x,\\\n  y\ne=\n\n f=\\u0041");
        assertEquals(
                Map.of("a", "1", "b", "2", "c", "3", "d", "x,y", "e", "", "f", "A"), read.values());
        assertEquals(List.of(), read.complaints());
    }

    @Test
    void aKeyAloneIsNamedWithItsLine() {
        assertEquals(
                List.of(
                        "server.properties, line 3: 'num.partitions' has no value; write num.partitions=VALUE"),
                text("a=1\n\n num.partitions\nb=\\\nrest").complaints());
    }

    @Test
    void whatIsAKeyAloneIsSeenAfterEvenBackslashes() {
        assertEquals(1, text("a=1\\\\\nkey").complaints().size());
        assertEquals(0, text("# a \\\nkey=2").complaints().size());
        assertEquals(1, text("# a \\\nkey").complaints().size());
    }

    @Test
    void whatJavaCannotReadIsRefused() {
        List<String> complaints = text("a=\\u12").complaints();
        assertEquals(1, complaints.size());
        assertTrue(complaints.getFirst().startsWith("server.properties: "), complaints::toString);
    }
}
