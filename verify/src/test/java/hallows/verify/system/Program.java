package hallows.verify.system;

import hallows.verify.House;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Our program in a process of its own, as `./hallows` becomes it. Not through the launcher itself:
/// that builds what is stale, and would wait for the build whose tests these are.
final class Program {
    private static final long SECONDS_MAX = 90;

    private Program() {}

    /// What a command has said, and how it ended.
    record Said(int code, String out, String err) {
        @Override
        public String toString() {
            return "code %d, output:\n%s\nerrors:\n%s".formatted(code, out, err);
        }
    }

    static ProcessBuilder command(List<String> words) {
        Path server = House.ROOT.resolve("server/target");
        List<String> all = new ArrayList<>();
        all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        all.add("@" + House.ROOT.resolve("jvm.flags"));
        all.add("-cp");
        all.add(server.resolve("classes") + ":" + House.text(server.resolve("class-path")));
        all.add("hallows.server.Main");
        all.addAll(words);
        return new ProcessBuilder(all);
    }

    /// Runs a command to its end.
    ///
    /// @param input all that it can read
    static Said run(String input, List<String> words) {
        try {
            Process process = command(words).start();
            var out = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
            var err = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
            give(process, input);
            if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(words + " does not end: " + out.join() + err.join());
            }
            return new Said(process.exitValue(), out.join(), err.join());
        } catch (IOException unstartable) {
            throw new UncheckedIOException(unstartable);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("interrupted while a command ran", interrupted);
        }
    }

    private static void give(Process process, String input) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException notTaken) {
            // It has ended without reading; what it says tells why.
        }
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
