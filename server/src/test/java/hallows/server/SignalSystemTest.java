package hallows.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The program in a process of its own, asked to end by the host.
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
final class SignalSystemTest {
    private static final Pattern APPENDED = Pattern.compile("appended ([\\d,]+) durable");
    private static final Pattern FOLLOWED = Pattern.compile("followed ([\\d,]+) ");

    /// Others end it the same way, but a test that runs in the background may have them ignored.
    @Test
    void sigtermEndsTheServiceInOrderAndWhatItAcknowledgedIsThere(@TempDir Path data)
            throws Exception {
        Process process = start(data, "--seconds", "3600");
        try (BufferedReader out = process.inputReader()) {
            String ready = out.readLine();
            assertTrue(String.valueOf(ready).startsWith("Miniature on "), () -> "first: " + ready);
            while (!hasRecords(data)) {
                Thread.onSpinWait();
            }
            // The handle leaves the output open.
            process.toHandle().destroy();
            String rest = out.lines().collect(Collectors.joining("\n"));
            assertEquals(143, process.waitFor(), rest);
            assertTrue(rest.contains("ended before its time"), rest);
            assertTrue(rest.contains("logs in " + data), rest);
            long appended = number(APPENDED, rest);
            assertTrue(appended > 0 && followedAgain(data) >= appended, rest);
        } finally {
            process.destroyForcibly();
        }
    }

    /// More than all appenders together have underway, so that some were acknowledged.
    private static boolean hasRecords(Path data) throws IOException {
        try (Stream<Path> files = Files.list(data)) {
            return files.mapToLong(file -> file.toFile().length()).sum() > 1 << 16;
        }
    }

    /// How many records readers find afterwards.
    private static long followedAgain(Path data) throws IOException, InterruptedException {
        Process process = start(data, "--seconds", "2", "--appenders", "0");
        String all = process.inputReader().lines().collect(Collectors.joining("\n"));
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), all);
        return number(FOLLOWED, all);
    }

    private static long number(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        assertTrue(found.find(), text);
        return Long.parseLong(found.group(1).replace(",", ""));
    }

    private static Process start(Path data, String... options) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName(),
                                "miniature",
                                "--data",
                                data.toString()));
        command.addAll(List.of(options));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
