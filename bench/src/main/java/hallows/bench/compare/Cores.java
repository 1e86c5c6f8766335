package hallows.bench.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Holds this program to processors.
public final class Cores {
    /// Where a broker runs that is held to a processor.
    public static final String BROKER = "0";

    /// Where its load runs.
    public static final String LOAD = "1";

    /// Asked before this program is held to any: then it sees no others.
    private static final int ALL = Runtime.getRuntime().availableProcessors();

    private Cores() {}

    /// To all that there are, as when it began.
    public static void holdToAll() {
        hold("0-" + (ALL - 1));
    }

    /// All its threads, and those to come.
    public static void hold(String cores) {
        String self = Long.toString(ProcessHandle.current().pid());
        try {
            Process taskset =
                    new ProcessBuilder("taskset", "-acp", cores, self)
                            .redirectErrorStream(true)
                            .start();
            String said =
                    new String(taskset.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (taskset.waitFor() != 0) {
                throw new IllegalStateException("cannot hold to processors " + cores + ": " + said);
            }
        } catch (IOException missing) {
            throw new UncheckedIOException("needs taskset; it is part of util-linux", missing);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
