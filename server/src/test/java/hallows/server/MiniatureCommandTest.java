package hallows.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.os.OsOptions;
import hallows.runtime.os.OsWorld;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MiniatureCommandTest {
    private static final Pattern CUT =
            Pattern.compile("cut ([\\d,]+) bytes off .*\\.log: no sound record at ([\\d,]+)");
    private static final Pattern FOLLOWED =
            Pattern.compile("followed ([\\d,]+) \\(([\\d,]+) of earlier runs\\)");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void aSecondOfAppendsIsServedFollowedAndKept(@TempDir Path directory) {
        String data = directory.resolve("data").toString();
        int code = run("miniature", "--seconds", "1", "--shards", "1", "--data", data);
        assertEquals(0, code, () -> out + "\n" + err);
        assertTrue(out.toString().contains("durable records"), out::toString);
        assertFalse(out.toString().contains("appended 0 "), out::toString);
        assertFalse(out.toString().contains("followed 0 "), out::toString);
        assertTrue(Files.isDirectory(directory.resolve("data")));
    }

    @Test
    void nextRunTellsWhatWasThereAndWhatItCutOff(@TempDir Path directory) throws Exception {
        String data = directory.toString();
        assertEquals(0, run("miniature", "--seconds", "1", "--partitions", "1", "--data", data));
        assertTrue(out.toString().contains("(0 of earlier runs)"), out::toString);
        assertFalse(out.toString().contains("cut "), out::toString);
        Files.writeString(directory.resolve("unrelated"), "no log");
        long middle = flipByteInTheMiddle(directory);
        out.getBuffer().setLength(0);
        String[] again = {"miniature", "--seconds", "1", "--appenders", "0", "--data", data};
        assertEquals(0, run(again), out::toString);
        Matcher cut = CUT.matcher(out.toString());
        assertTrue(cut.find(), out::toString);
        long bytes = Long.parseLong(cut.group(1).replace(",", ""));
        long position = Long.parseLong(cut.group(2).replace(",", ""));
        assertTrue(position <= middle && middle < position + bytes, out::toString);
        Matcher followed = FOLLOWED.matcher(out.toString());
        assertTrue(followed.find(), out::toString);
        assertEquals(followed.group(1), followed.group(2), "all were there before");
        assertTrue(out.toString().contains("logs in " + data + ": 8"), out::toString);
    }

    private static long flipByteInTheMiddle(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            Path log = files.filter(file -> file.toString().endsWith(".log")).findAny().get();
            byte[] bytes = Files.readAllBytes(log);
            bytes[bytes.length / 2] ^= 1;
            Files.write(log, bytes);
            return bytes.length / 2;
        }
    }

    @Test
    void aNodesDirectoryIsLeftToTheNode() {
        Path node = Path.of(StartSettings.DATA).normalize();
        assertFalse(MiniatureCommand.DATA.startsWith(node));
    }

    @Test
    void versionIsToldHereToo() {
        assertEquals(0, run("miniature", "--version"));
        assertTrue(out.toString().startsWith("hallows "), out::toString);
    }

    @Test
    void emptyDirectoryIsRefused() {
        assertEquals(2, run("miniature", "--data", ""));
        assertTrue(err.toString().contains("--data is a directory"), err::toString);
    }

    @Test
    void transportMayBeWrittenSmall() {
        assertEquals(2, run("miniature", "--transport", "nio", "--window", "65"));
        assertTrue(err.toString().contains("--window is"), err::toString);
    }

    @Test
    void optionOutOfItsLimitsIsNamed() {
        assertEquals(2, run("miniature", "--window", "65"));
        assertTrue(err.toString().contains("--window is 1 to 64"), err::toString);
    }

    @Test
    void endpointThatIsNoneIsNamed() {
        assertEquals(2, run("miniature", "--listen", "nowhere"));
        assertTrue(err.toString().contains("--listen: not HOST:PORT"), err::toString);
    }

    @Test
    void directoryThatCannotBeIsTold(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "in the way");
        assertEquals(
                1, run("miniature", "--seconds", "1", "--data", file.resolve("data").toString()));
        assertTrue(err.toString().contains("cannot keep files"), err::toString);
        assertEquals(1, run("miniature", "--seconds", "1", "--data", file.toString()));
        assertTrue(err.toString().contains(file + ": exists, and is no directory"), err::toString);
    }

    @Test
    void directoryThatAnotherHoldsIsLeftAlone(@TempDir Path directory) throws Exception {
        try (OsWorld world = new OsWorld(OsOptions.standard());
                AutoCloseable held = world.disk().lock(directory.resolve(".lock")).orThrow()) {
            assertTrue(held != null);
            assertEquals(1, run("miniature", "--seconds", "1", "--data", directory.toString()));
        }
        assertTrue(err.toString().contains("is held by"), err::toString);
        assertEquals("", out.toString());
    }
}
