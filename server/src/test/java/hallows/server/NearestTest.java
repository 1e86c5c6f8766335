package hallows.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestTest {
    private static final List<String> WORDS = List.of("copies", "orders", "topic", "test");

    @ParameterizedTest
    @CsvSource({
        "oders, orders",
        "ordesr, orders",
        "tset, test",
        "topics, topic",
        "TOPIC, topic",
        "copy, ",
        "nope, ",
        "a, "
    })
    void onlyALittleMayDiffer(String typed, String meant) {
        assertEquals(Optional.ofNullable(meant), Nearest.to(typed, WORDS));
    }
}
