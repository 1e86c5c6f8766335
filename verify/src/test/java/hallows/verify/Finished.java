package hallows.verify;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// A command that has ended.
///
/// @param code its exit code
/// @param output what it printed, errors too
public record Finished(int code, String output) {
    /// Waits for a command that prints to the end.
    public static Finished of(ProcessBuilder command) {
        try {
            Process process = command.redirectErrorStream(true).start();
            process.getOutputStream().close();
            byte[] output = process.getInputStream().readAllBytes();
            return new Finished(process.waitFor(), new String(output, StandardCharsets.UTF_8));
        } catch (IOException unstartable) {
            throw new UncheckedIOException(unstartable);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("interrupted while a command ran", interrupted);
        }
    }

    /// Asserts that the output has a part.
    public void tells(String part) {
        assertTrue(output.contains(part), () -> "it should tell '" + part + "':\n" + output);
    }
}
