package hallows.bench.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// An earlier commit of a checkout, in a directory of its own, built.
final class Earlier implements AutoCloseable {
    private final Path checkout;
    private final Path path;

    /// @throws IllegalArgumentException when there is no such commit
    Earlier(Path checkout, String commit, Path path) {
        this.checkout = checkout;
        this.path = path;
        String git =
                run(
                        List.of(
                                "git",
                                "-C",
                                checkout.toString(),
                                "worktree",
                                "add",
                                "--detach",
                                path.toString(),
                                commit));
        if (!git.isEmpty()) {
            throw new IllegalArgumentException("cannot check out '" + commit + "': " + git);
        }
        // Whatever a program does first is to be built.
        String built = run(List.of(path.resolve("hallows").toString(), "start", "--help"));
        if (!built.isEmpty()) {
            close();
            throw new IllegalStateException("'" + commit + "' does not build: " + built);
        }
    }

    Path path() {
        return path;
    }

    /// Runs a command; what it said when it failed, else nothing.
    private static String run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? "" : said.strip();
        } catch (IOException unstartable) {
            throw new UncheckedIOException(unstartable);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        String git =
                run(
                        List.of(
                                "git",
                                "-C",
                                checkout.toString(),
                                "worktree",
                                "remove",
                                "--force",
                                path.toString()));
        if (!git.isEmpty()) {
            System.err.println("hallows: " + git);
        }
    }
}
