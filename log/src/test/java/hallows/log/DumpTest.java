package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DumpTest {
    private static final int STEPS = 24;
    private static final DumpOptions BATCHES =
            new DumpOptions(false, false, false, 0, Long.MAX_VALUE);

    @TempDir Path directory;

    private String dumped(Function<Fact, String> form) throws IOException {
        SampleDirectory sample = new SampleDirectory(directory, 1, STEPS);
        Look look = Look.dump(directory, sample.path, Look.ALL);
        assertTrue(look.fine);
        return String.join("\n", look.facts.stream().map(form).toList())
                        .replace(directory.toString(), "DIR")
                + "\n";
    }

    private static String golden(String name) throws IOException {
        return new String(Golden.bytes(name), StandardCharsets.UTF_8);
    }

    @Test
    void peopleReadThis() throws IOException {
        assertEquals(golden("dump.txt"), dumped(Fact::line));
    }

    @Test
    void programsReadThis() throws IOException {
        assertEquals(golden("dump.json"), dumped(Fact::json));
    }

    @Test
    void whatIsBelowAnOffsetOrTooManyIsLeftOut() throws IOException {
        SampleDirectory sample = new SampleDirectory(directory, 2, 150);
        List<String> all = Look.dump(directory, sample.path, BATCHES).of(Fact.Kind.BATCH);
        DumpOptions some = new DumpOptions(false, false, false, sample.end / 2, 3);
        List<String> few = Look.dump(directory, sample.partition, some).of(Fact.Kind.BATCH);
        assertEquals(3, few.size());
        int first = all.indexOf(few.getFirst());
        assertEquals(all.subList(first, first + 3), few);
        assertTrue(last(all.get(first)) >= sample.end / 2);
        assertTrue(last(all.get(first - 1)) < sample.end / 2);
    }

    private static long last(String batch) {
        return Long.parseLong(batch.replaceAll(".*lastOffset: (\\d+).*", "$1"));
    }

    @Test
    void anyBytesUnderAnyNameCanBeDumpedAndVerified() throws IOException {
        Random random = new Random(5);
        SampleDirectory sample = new SampleDirectory(directory, 3, STEPS);
        List<Path> files;
        try (var found = Files.walk(sample.path)) {
            files = found.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            for (int round = 0; round < 10; round++) {
                byte[] bytes = new byte[random.nextInt(300)];
                random.nextBytes(bytes);
                Files.write(file, bytes);
                Look.dump(sample.path, file, Look.ALL);
                Look.verify(sample.path, file);
            }
        }
        assertFalse(Look.verify(sample.path, sample.path).fine);
        Look.dump(sample.path, sample.path, Look.ALL);
    }

    @Test
    void whatWouldBreakALineIsEscaped() {
        Fact fact = new Fact(Fact.Kind.NOTE).with("text", "a\n\"\u001b[2J\\\u00e9");
        assertEquals("note text: a\\x0a\"\\x1b[2J\\\u00e9", fact.line());
        assertEquals(
                "{\"kind\":\"note\",\"text\":\"a\\u000a\\\"\\u001b[2J\\\\\\u00e9\"}", fact.json());
        assertEquals("\\x00a\\\\\\xff", Printable.bytes(new byte[] {0, 'a', '\\', -1}));
    }
}
