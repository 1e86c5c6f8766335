package hallows.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RowSetTest {
    private static Stream<Row> all() {
        return Arrays.stream(RowSet.values()).flatMap(set -> set.rows().stream());
    }

    @Test
    void everyRowHasANameOfItsOwn() {
        List<String> names = all().map(Row::name).toList();
        assertEquals(names.size(), new HashSet<>(names).size(), names::toString);
        names.forEach(name -> assertEquals(name, RowSet.named(name).name()));
    }

    @Test
    void everyRowSaysWhatItAsksFor() {
        all().forEach(row -> {
            String words = row.words();
            assertTrue(words.matches(".*\\b1?\\d+ K?B\\b.*"), "size: " + words);
            assertTrue(words.matches(".*\\d+ (producers?|consumer)\\b.*"), "who: " + words);
            assertTrue(words.matches(".*\\d+ partitions?\\b.*"), "partitions: " + words);
            assertTrue(words.contains("keys"), "keys: " + words);
            assertTrue(
                    words.contains("acks=all") || row.name().contains("read-back"),
                    "acks: " + words);
        });
    }

    @Test
    void withKafkasOwnClientEverythingIsToBeBetter() {
        ClientRows.all().stream()
                .flatMap(row -> row.figures().stream())
                .forEach(figure -> assertEquals(1, figure.limit().ratio(), figure.name()));
    }

    @Test
    void everySetHasAPlaceOfItsOwn() {
        assertEquals(
                RowSet.values().length,
                Arrays.stream(RowSet.values()).map(set -> set.directory).distinct().count());
    }
}
