package hallows.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareOptionsTest {
    private static final Path TARGET = Path.of("target");
    private static final List<String> USUAL = List.of("singles", "read-back");

    private static CompareOptions of(String... words) {
        return CompareOptions.of(List.of(words), TARGET, USUAL);
    }

    private static List<String> rows(String... words) {
        return of(words).rows().stream().map(Row::name).toList();
    }

    private static String refusal(String... words) {
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> of(words)).getMessage());
    }

    @Test
    void withoutWordsTheUsualRowsRunInFull() {
        CompareOptions options = of();
        assertEquals(USUAL, rows());
        assertEquals(5, options.rounds());
        assertEquals(CompareOptions.Pace.FULL, options.pace());
        assertEquals(Path.of("").toAbsolutePath(), options.directory());
        assertEquals(Path.of("target/compare"), options.report());
    }

    @Test
    void namedRowsRunInTheirOrder() {
        assertEquals(
                List.of("round-trip-fsync", "client-batches", "ladder-100"),
                rows("round-trip-fsync", "client-batches", "ladder-100"));
    }

    @Test
    void theClientAndTheLadderAreSetsOfRows() {
        assertEquals(ClientRows.all().stream().map(Row::name).toList(), rows("--client"));
        assertEquals(Ladder.rows().stream().map(Row::name).toList(), rows("--ladder"));
        assertEquals(Path.of("target/compare-client"), of("--client").report());
        assertEquals(Path.of("target/compare-ladder"), of("--ladder").report());
    }

    @Test
    void ofASetNamedRowsCanBeTaken() {
        CompareOptions before = of("--client", "client-batches");
        assertEquals(List.of("client-batches"), rows("client-batches", "--client"));
        assertEquals(1, before.rows().size());
        assertEquals(Path.of("target/compare-client"), before.report());
    }

    @Test
    void howLongItTakesCanBeSaid(@TempDir Path directory) {
        CompareOptions options =
                of(
                        "--quick",
                        "--rounds",
                        "9",
                        "--warm-up",
                        "7",
                        "--seconds",
                        "30",
                        "--dir",
                        directory.toString());
        assertEquals(9, options.rounds());
        assertEquals(new CompareOptions.Pace(7, 30), options.pace());
        assertEquals(directory, options.directory());
        assertEquals(
                "9 rounds in turns; 30 s for each load, once all of its setting have warmed the"
                        + " broker, each for 7 s",
                options.words());
    }

    @Test
    void quickIsShorter() {
        assertEquals(3, of("--quick").rounds());
        assertEquals(CompareOptions.Pace.QUICK, of("--quick").pace());
    }

    @Test
    void numbersAreFromOneTo9999() {
        assertEquals(1, of("--rounds", "1").rounds());
        assertEquals(9999, of("--rounds", "9999").rounds());
        for (String wrong : List.of("0", "-1", "10000", "1.5", "many", "", " 3", "07")) {
            assertEquals(
                    "'" + wrong + "' is no number of rounds; take one from 1 to 9999",
                    refusal("--rounds", wrong));
            assertTrue(refusal("--warm-up", wrong).contains("no number of seconds"));
            assertTrue(refusal("--seconds", wrong).contains("no number of seconds"));
        }
    }

    @Test
    void whatIsMissingAtTheEndIsNamed() {
        assertEquals("the number of rounds is missing at the end", refusal("--rounds"));
        assertEquals("the number of seconds is missing at the end", refusal("--warm-up"));
        assertEquals("the number of seconds is missing at the end", refusal("--seconds"));
        assertEquals("the directory is missing at the end", refusal("--dir"));
    }

    @Test
    void aDirectoryIsThereOrIsNamedInTheRefusal(@TempDir Path directory) throws IOException {
        Path absent = directory.resolve("absent");
        Path file = Files.writeString(directory.resolve("file"), "");
        for (Path wrong : List.of(absent, file)) {
            assertEquals(
                    wrong + " is no directory that can be written to; make it or name another",
                    refusal("--dir", wrong.toString()));
        }
    }

    @Test
    void anUnknownRowIsRefusedWithThoseThatThereAre() {
        String said = refusal("single");
        assertTrue(said.startsWith("there is no row 'single'; there are: "), said);
        for (RowSet set : RowSet.values()) {
            set.rows().forEach(row -> assertTrue(said.contains(row.name()), said));
        }
    }
}
