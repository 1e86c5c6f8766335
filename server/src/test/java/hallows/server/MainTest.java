package hallows.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void helpGoesToTheOutputAndSucceeds() {
        assertEquals(0, run("--help"));
        assertTrue(out.toString().contains("Usage: hallows"), out.toString());
    }

    @Test
    void versionIsTheOneOfTheBuild() {
        assertEquals(0, run("--version"));
        assertTrue(out.toString().matches("hallows \\d+\\.\\d+\\.\\d+.*\\s*"), out.toString());
    }

    @Test
    void unknownCommandFailsAndNamesTheNearest() {
        assertEquals(2, run("tset"));
        assertTrue(err.toString().contains("no command 'tset'; did you mean 'test'?"));
        assertTrue(err.toString().contains("`hallows --help`"));
        assertEquals("", out.toString());
    }

    @Test
    void wordLikeNoCommandGetsNoSuggestion() {
        assertEquals(2, run("xylophone"));
        assertTrue(err.toString().contains("no command 'xylophone'\n"), err.toString());
    }

    @Test
    void unknownOptionIsNamed() {
        assertEquals(2, run("--loud"));
        assertTrue(err.toString().contains("--loud"), err.toString());
    }

    @Test
    void noCommandAsksForOne() {
        assertEquals(2, run());
        assertTrue(err.toString().contains("which command?"), err.toString());
    }
}
