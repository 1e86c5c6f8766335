package hallows.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTextTest {
    private static final Measured ALL =
            Sample.measured(
                    Sample.faster(Sample.RATE), Sample.alike(Sample.RATE, Figure.latency(0.5)));

    private static String line(String text, String beginning) {
        return text.lines().filter(one -> one.strip().startsWith(beginning)).findFirst().orElse("");
    }

    private static List<String> words(String line) {
        return List.of(line.strip().split("\\s{2,}", -1));
    }

    @Test
    void aTerminalShowsMediansRatiosAndVerdicts() {
        String text = TableText.plain(ALL);
        assertTrue(text.startsWith("2 rounds\n"), text);
        assertEquals("faster: 100 B & \"<more>\" (page cache, 1 core)", line(text, "faster"));
        assertEquals(
                List.of(
                        "records/s",
                        "550.00",
                        "150.00",
                        "3.500",
                        "3.000-4.000",
                        ">= 2.00",
                        "holds"),
                words(line(text, "records/s")));
        assertEquals(1, text.lines().filter(one -> one.endsWith("DOES NOT HOLD")).count(), text);
    }

    @Test
    void whatHasNoLimitHasNoVerdict() {
        assertEquals(
                List.of("p50, us", "60.00", "60.00", "1.000", "1.000-1.000", "-"),
                words(line(TableText.plain(ALL), "p50")));
    }

    @Test
    void thousandsAreGrouped() {
        Figure rate = Figure.atLeast(1, "records/s", Outcome::recordsPerSecond);
        Comparison large =
                new Comparison(
                        Sample.row("large", rate),
                        List.of(Sample.outcome(1_234_567, 1)),
                        List.of(Sample.outcome(1_000_000, 1)));
        List<String> words = words(line(TableText.plain(Sample.measured(large)), "records/s"));
        assertEquals(List.of("1,234,567", "1,000,000"), words.subList(1, 3));
    }

    @Test
    void onAPageAllLinesOfTheTableHaveAsManyCells() {
        String text = TableText.markdown(ALL);
        assertTrue(text.startsWith("```\nmachine   of"), text);
        List<String> lines = text.lines().filter(one -> one.startsWith("|")).toList();
        assertEquals(7, lines.size(), text);
        lines.forEach(one -> assertEquals(8, one.chars().filter(c -> c == '|').count(), one));
    }

    @Test
    void aLadderIsFollowedByItsParagraph() {
        Comparison step =
                new Comparison(
                        RowSet.named("ladder-1000"),
                        List.of(Sample.outcome(1, 50)),
                        List.of(Sample.outcome(1, 2_000)));
        for (String text :
                List.of(
                        TableText.plain(Sample.measured(step)),
                        TableText.markdown(Sample.measured(step)))) {
            assertTrue(text.endsWith("\n\n" + Ladder.words(List.of(step))), text);
        }
    }
}
