package hallows.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.os.OsOptions;
import hallows.runtime.os.OsWorld;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `start` says and answers, and what it leaves alone.
@Timeout(120)
final class StartCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path home;

    private Path data() {
        return home.resolve("data");
    }

    /// On a free port, until it could serve.
    private int start(String... arguments) {
        return start(data(), "127.0.0.1:0", arguments);
    }

    private int start(Path data, String listen, String... arguments) {
        List<String> all = new ArrayList<>(List.of("start", "--rehearse", "0"));
        all.addAll(List.of("--data", data.toString(), "--listen", listen));
        all.addAll(List.of(arguments));
        return run(all.toArray(String[]::new));
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private void assertSays(String sentence) {
        assertEquals("hallows: " + sentence + "\n", err.toString());
        assertEquals("", out.toString());
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aRehearsalLeavesNoTopicBehind() throws IOException {
        String listen = "127.0.0.1:0";
        String[] words = {
            "start", "--rehearse", "1", "--data", data().toString(), "--listen", listen
        };
        assertEquals(0, run(words), err::toString);
        assertTrue(out.toString().startsWith("Hallows ready on 127.0.0.1:"), out::toString);
        assertEquals(
                List.of(),
                names(data()).stream()
                        .filter(name -> name.startsWith("rehearsal") && !name.endsWith("-delete"))
                        .toList());
    }

    @Test
    void helpNamesWhatCanBeSaid() {
        assertEquals(0, run("start", "--help"));
        for (String option : List.of("--config", "--data", "--listen", "--set")) {
            assertTrue(out.toString().contains(option), out::toString);
        }
        assertFalse(out.toString().contains("rehearse"), out::toString);
    }

    @Test
    void aFreshDirectoryIsFormattedAndOpenedAgain() throws IOException {
        assertEquals(0, start("--set", "hallows.durability=page-cache"), err::toString);
        assertEquals("", err.toString());
        assertTrue(
                out.toString().matches("Hallows ready on 127\\.0\\.0\\.1:[1-9]\\d* in \\d+ ms\n"),
                out::toString);
        assertTrue(names(data()).contains(".kafka_cleanshutdown"), "it stopped in good order");
        String meta = Files.readString(data().resolve("meta.properties"));
        assertEquals(0, start("--set=num.network.threads=2"), err::toString);
        assertEquals("hallows: of no effect in Hallows: num.network.threads\n", err.toString());
        assertEquals(meta, Files.readString(data().resolve("meta.properties")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "num.partition=3 | there is no property 'num.partition'; did you mean 'num.partitions'?",
                "hallows.durabilty=fsync | there is no property 'hallows.durabilty'; did you mean 'hallows.durability'?",
                "hallows.durability=never | hallows.durability=never: it is fsync or page-cache",
                "hallows.shards=0 | hallows.shards=0: it is a number from 1 to 256"
            })
    void whatIsNotUnderstoodWritesNothing(String set, String sentence) throws IOException {
        assertEquals(2, start("--set", set));
        assertSays(sentence);
        assertEquals(List.of(), names(home));
    }

    @Test
    void everyMistakeIsToldAtOnce() {
        assertEquals(2, start("--set=num.partition=3", "--set=hallows.shards=0"));
        assertEquals(2, err.toString().lines().count(), err::toString);
    }

    @Test
    void aFileThatIsMissingIsNotUnderstood() throws IOException {
        assertEquals(2, start("--config", home.resolve("none").toString()));
        assertTrue(err.toString().startsWith("hallows: --config: "), err::toString);
        assertEquals(List.of(), names(home));
    }

    @Test
    void aPortInUseWritesNothing() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String there = "127.0.0.1:" + taken.getLocalPort();
            assertEquals(1, start(data(), there));
            assertSays(
                    there
                            + " is in use: stop who has it, or listen elsewhere with --listen HOST:PORT");
        }
        assertEquals(List.of(), names(home));
    }

    @Test
    void aLockedDirectoryIsLeftAlone() throws Exception {
        Files.createDirectory(data());
        try (OsWorld other = new OsWorld(OsOptions.standard());
                AutoCloseable held = other.disk().lock(data().resolve(".lock")).orThrow()) {
            assertEquals(1, start());
            assertSays(
                    "data directory %s is in use by another process: stop that one, or name another directory"
                            .formatted(data()));
            assertEquals(List.of(".lock"), names(data()), held::toString);
        }
    }

    @Test
    void aForeignDirectoryIsLeftAlone() throws IOException {
        Files.createDirectory(data());
        Path holiday = Files.writeString(data().resolve("holiday.jpg"), "the sea");
        assertEquals(1, start());
        assertSays(
                "data directory %s holds 'holiday.jpg', which is neither Kafka's nor ours: name an empty directory, or move it away"
                        .formatted(data()));
        assertEquals(List.of("holiday.jpg"), names(data()));
        assertEquals("the sea", Files.readString(holiday));
    }

    @Test
    void whereNoDirectoryCanBeThatIsTold() throws IOException {
        Files.writeString(data(), "a file");
        assertEquals(1, start(data().resolve("below"), "127.0.0.1:0"));
        assertEquals(1, err.toString().lines().count(), err::toString);
        assertTrue(err.toString().contains(data().toString()), err::toString);
        assertEquals("a file", Files.readString(data()));
    }
}
