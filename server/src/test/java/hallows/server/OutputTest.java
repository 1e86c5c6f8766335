package hallows.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class OutputTest {
    private final StringWriter err = new StringWriter();
    private final CommandLine command = Main.commandLine().setErr(new PrintWriter(err));

    /// Takes nothing, as a full disk does.
    private static PrintStream full() {
        OutputStream none =
                new OutputStream() {
                    @Override
                    public void write(int one) throws IOException {
                        throw new IOException("No space left on device");
                    }
                };
        return new PrintStream(none, true);
    }

    @Test
    void anOutputThatIsFullIsAFailureInWords() {
        Output output = new Output(full(), () -> false);
        assertTrue(output.isTaken());
        output.write(new byte[] {1});
        assertFalse(output.isTaken());
        assertEquals(1, output.end(command));
        assertTrue(err.toString().contains("the output cannot be written"), err::toString);
    }

    @Test
    void anOutputThatNobodyReadsEndsQuietly() {
        Output output = new Output(full(), () -> true);
        assertFalse(output.isTaken());
        assertEquals(Output.BROKEN_PIPE, output.end(command));
        assertEquals("", err.toString());
    }
}
