package hallows.bench.floor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FloorOptionsTest {
    private static String refusal(String... words) {
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> FloorOptions.of(List.of(words)))
                        .getMessage());
    }

    @Test
    void withoutWordsItIsFiveSecondsHere() {
        assertEquals(new FloorOptions(Path.of("").toAbsolutePath(), 5), FloorOptions.of(List.of()));
    }

    @Test
    void whereAndHowLongCanBeSaid(@TempDir Path directory) {
        FloorOptions options =
                FloorOptions.of(List.of("--seconds", "3", "--dir", directory.toString()));
        assertEquals(new FloorOptions(directory, 3), options);
        assertEquals(
                "3 laps of 3 s for each line, once it is warm; what answers on processor 0, what"
                        + " asks on 1",
                options.words());
    }

    @Test
    void whatIsNotUnderstoodIsRefusedInASentence() {
        assertEquals(
                "there is no option '--quick'; there are --dir DIR and --seconds S",
                refusal("--quick"));
        assertEquals(
                "'0' is no number of seconds; take one from 1 to 9999", refusal("--seconds", "0"));
        assertEquals("the directory is missing at the end", refusal("--dir"));
    }
}
