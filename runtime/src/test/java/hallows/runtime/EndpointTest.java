package hallows.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class EndpointTest {
    @Test
    void aNameOrAnAddressStandsBeforeThePort() {
        assertEquals(new Endpoint("localhost", 9092), Endpoint.parse("localhost:9092"));
        assertEquals(new Endpoint("127.0.0.1", 0), Endpoint.parse("127.0.0.1:0"));
        assertEquals(new Endpoint("a", 65535), Endpoint.parse("a:65535"));
    }

    @Test
    void anAddressWithColonsStandsInBrackets() {
        assertEquals(new Endpoint("::1", 9092), Endpoint.parse("[::1]:9092"));
    }

    @Test
    void whatIsPrintedCanBeReadAgain() {
        for (String text : List.of("localhost:9092", "127.0.0.1:0", "[fe80::1]:80")) {
            assertEquals(text, Endpoint.parse(text).toString());
        }
    }

    @Test
    void portBeyondTheLastIsToldAsSuch() {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> Endpoint.parse("a:99999"));
        assertTrue(String.valueOf(refusal.getMessage()).contains("a port is 0 to 65535"));
    }

    @Test
    void whatIsNoEndpointIsRefusedWithAnExample() {
        for (String text :
                List.of(
                        "",
                        ":",
                        "a",
                        "a:",
                        ":1",
                        "[]:1",
                        "a:b",
                        "a:-1",
                        "a:65536",
                        "a:123456",
                        "a: 1",
                        "::1:9092",
                        "[::1",
                        "[::1]",
                        "::1]:9")) {
            IllegalArgumentException refusal =
                    assertThrows(IllegalArgumentException.class, () -> Endpoint.parse(text), text);
            String message = String.valueOf(refusal.getMessage());
            assertTrue(message.contains("'" + text + "'"), message);
            assertTrue(message.contains("127.0.0.1:9092"), message);
        }
    }
}
