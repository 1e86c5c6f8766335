package hallows.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.os.OsOptions;
import hallows.runtime.os.OsWorld;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MiniatureCommandTest {
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
        assertFalse(out.toString().contains("followed 0;"), out::toString);
        assertTrue(Files.isDirectory(directory.resolve("data")));
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
