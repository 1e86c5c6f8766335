package hallows.bench.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A broker that serves. It ends with this program at the latest.
public final class Running implements AutoCloseable {
    private static final long STOP_SECONDS_MAX = 30;

    private final Process process;
    private final InetSocketAddress address;

    /// Starts one and waits until it serves.
    ///
    /// @param processors on which it runs, as taskset wants them
    public Running(Contestant.Plan plan, String processors) {
        List<String> command = new ArrayList<>(List.of("taskset", "-c", processors));
        command.addAll(plan.command());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(plan.environment());
        try {
            process = builder.start();
        } catch (IOException unstartable) {
            throw new UncheckedIOException(
                    "cannot start " + command.getFirst() + "; it is part of util-linux",
                    unstartable);
        }
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().unstarted(process::destroyForcibly));
        address = awaitReady(plan.readiness());
    }

    private InetSocketAddress awaitReady(Contestant.Readiness readiness) {
        StringBuilder said = new StringBuilder();
        try {
            BufferedReader output = process.inputReader();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                said.append(line).append('\n');
                Optional<InetSocketAddress> ready = readiness.of(line);
                if (ready.isPresent()) {
                    Thread.ofPlatform().daemon().start(() -> takeTheRest(output));
                    return ready.get();
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        throw new IllegalStateException("it does not serve; it said:\n" + said);
    }

    /// Nobody reads it, but when nobody takes it the broker waits.
    private static void takeTheRest(BufferedReader output) {
        try {
            while (output.readLine() != null) {
                // On to the next.
            }
        } catch (IOException ended) {
            return;
        }
    }

    /// Where it serves.
    public InetSocketAddress address() {
        return address;
    }

    /// The number of its process.
    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
        }
    }
}
