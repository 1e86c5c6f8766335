package hallows.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class JsonTextTest {
    private static final Measured ALL =
            Sample.measured(
                    Sample.faster(Sample.RATE), Sample.alike(Sample.RATE, Figure.latency(0.5)));

    private static JsonNode read(Measured all) throws JsonProcessingException {
        return new ObjectMapper().readTree(JsonText.of(all));
    }

    @Test
    void wordsComeThroughAsTheyAre() throws JsonProcessingException {
        JsonNode json = read(ALL);
        assertEquals(ALL.machine(), json.get("machine").asText());
        assertEquals("2 rounds", json.get("pace").asText());
        JsonNode row = json.get("rows").get(0);
        assertEquals("faster", row.get("name").asText());
        assertEquals("100 B & \"<more>\"", row.get("load").asText());
        assertEquals("page cache, 1 core", row.get("setting").asText());
    }

    @Test
    void figuresHaveAllRoundsAndAVerdict() throws JsonProcessingException {
        JsonNode figure = read(ALL).get("rows").get(0).get("figures").get(0);
        assertEquals("records/s", figure.get("figure").asText());
        assertEquals(300, figure.get("ours").get(0).asDouble());
        assertEquals(200, figure.get("theirs").get(1).asDouble());
        assertEquals(3.5, figure.get("ratio").asDouble());
        assertEquals(">= 2.00", figure.get("limit").asText());
        assertTrue(figure.get("holds").asBoolean());
        assertFalse(
                read(ALL).get("rows").get(1).get("figures").get(0).get("holds").asBoolean(true));
    }

    @Test
    void turnsHaveAllThatWasCounted() throws JsonProcessingException {
        JsonNode turn = read(ALL).get("rows").get(0).get("ours").get(1);
        assertEquals(800, turn.get("records").asLong());
        assertEquals(80_000, turn.get("bytes").asLong());
        assertEquals(0.5, turn.get("cpuSeconds").asDouble());
        assertEquals(2e6, turn.get("allocatedBytes").asDouble());
        assertEquals(Latencies.PARTS.size(), turn.get("micros").size());
        assertEquals(turn.get("parts").size(), turn.get("micros").size());
        assertEquals(400, turn.get("ticks").get(1).asLong());
    }

    @Test
    void whatWasDividedByNothingIsNull() throws JsonProcessingException {
        Comparison none =
                new Comparison(
                        Sample.row("none", Sample.RATE),
                        List.of(Sample.outcome(10, 1)),
                        List.of(Sample.outcome(0, 1)));
        JsonNode figure = read(Sample.measured(none)).get("rows").get(0).get("figures").get(0);
        assertTrue(figure.get("ratio").isNull());
    }

    @Test
    void numbersAreTheSameInEveryCountry() {
        String here = JsonText.of(ALL);
        Locale home = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertTrue(here.contains("\"cpuSeconds\":0.500000"), here);
            assertEquals("0,5", "%.1f".formatted(0.5));
            assertTrue(JsonText.of(ALL).contains("\"cpuSeconds\":0.500000"));
        } finally {
            Locale.setDefault(home);
        }
    }
}
