package hallows.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hallows.server.kafka.Position;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MomentsTest {
    private static final Moments NOON = new Moments(43_200_000);

    @Test
    void bothEndsHaveTheirWords() {
        assertEquals(Optional.of(new Position.Beginning()), NOON.of("beginning"));
        assertEquals(Optional.of(new Position.Beginning()), NOON.of("earliest"));
        assertEquals(Optional.of(new Position.End()), NOON.of("end"));
        assertEquals(Optional.of(new Position.End()), NOON.of("latest"));
    }

    @Test
    void aNumberIsAnOffset() {
        assertEquals(Optional.of(new Position.Offset(0)), NOON.of("0"));
        assertEquals(Optional.of(new Position.Offset(123_456)), NOON.of("123456"));
    }

    @Test
    void aNumberBelowNothingCountsFromTheEnd() {
        assertEquals(Optional.of(new Position.Last(3)), NOON.of("-3"));
        assertEquals(Optional.of(new Position.Last(0)), NOON.of("-0"));
    }

    @ParameterizedTest
    @CsvSource({
        "1970-01-02T00:00:00Z, 86400000",
        "1970-01-02T01:00:00+01:00, 86400000",
        "1970-01-02T00:00:00.5, 86400500",
        "1970-01-02T00:00, 86400000",
        "1970-01-02, 86400000",
        "-1h, 39600000",
        "-1.5s, 43198500",
        "-250ms, 43199750",
        "-1d, -43200000"
    })
    void timesAreInTheCalendarOrAgo(String typed, long millis) {
        assertEquals(Optional.of(new Position.Time(millis)), NOON.of(typed));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "yesterday",
                "-1w",
                "--1",
                "1.5",
                "1970-13-01",
                "T",
                "9999999999999999999"
            })
    void allElseIsNone(String typed) {
        assertEquals(Optional.empty(), NOON.of(typed));
    }
}
