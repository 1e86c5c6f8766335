package hallows.verify.system;

import hallows.verify.House;
import hallows.verify.wire.Frames;
import hallows.verify.wire.Peer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.jspecify.annotations.Nullable;

/// A broker that runs. It ends with the test at the latest, and its last words go into failures.
public final class BrokerProcess implements AutoCloseable {
    private static final int LINES_MAX = 400;
    private static final long START_SECONDS_MAX = 90;
    private static final long STOP_SECONDS_MAX = 60;

    private static final long KILOBYTE = 1024;

    private final String name;
    private final Process process;
    private final ArrayDeque<String> said = new ArrayDeque<>();
    private final CompletableFuture<InetSocketAddress> ready = new CompletableFuture<>();

    private BrokerProcess(String name, Process process) {
        this.name = name;
        this.process = process;
    }

    /// Starts a command and waits until it has said that it serves and does.
    ///
    /// @param readiness where it serves, from the line that says so
    static BrokerProcess started(
            String name,
            ProcessBuilder command,
            Function<String, Optional<InetSocketAddress>> readiness) {
        BrokerProcess broker = new BrokerProcess(name, run(command));
        // A virtual one holds a carrier while it reads, and there are as few as processors.
        Thread.ofPlatform().daemon().name(name + "-output").start(() -> broker.listen(readiness));
        boolean serves = false;
        try {
            broker.awaitReady();
            serves = true;
        } finally {
            if (!serves) {
                broker.close();
            }
        }
        return broker;
    }

    private static Process run(ProcessBuilder command) {
        try {
            Process process = command.redirectErrorStream(true).start();
            // Tests that are broken off leave nobody behind.
            Runtime.getRuntime()
                    .addShutdownHook(Thread.ofPlatform().unstarted(process::destroyForcibly));
            return process;
        } catch (IOException unstartable) {
            throw new UncheckedIOException(unstartable);
        }
    }

    private void listen(Function<String, Optional<InetSocketAddress>> readiness) {
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                keep(line);
                readiness.apply(line).ifPresent(ready::complete);
            }
        } catch (IOException killed) {
            keep("(its output broke off: " + killed.getMessage() + ")");
        }
        ready.completeExceptionally(new IllegalStateException("it has ended"));
    }

    private synchronized void keep(String line) {
        if (said.size() == LINES_MAX) {
            said.removeFirst();
        }
        said.addLast(line);
    }

    private void awaitReady() {
        try {
            InetSocketAddress address = ready.get(START_SECONDS_MAX, TimeUnit.SECONDS);
            try (Peer peer = new Peer(address)) {
                peer.send(Frames.request(new ApiVersionsRequestData(), (short) 0, 1));
                Frames.response(
                        peer.receive("what it offers").orElseThrow(() -> failure("hangs up", null)),
                        ApiKeys.API_VERSIONS,
                        (short) 0,
                        1);
            }
        } catch (ExecutionException | TimeoutException late) {
            throw failure("did not begin to serve", late);
        } catch (InterruptedException interrupted) {
            throw failure("was not waited for", interrupted);
        }
    }

    /// Where it serves.
    public InetSocketAddress address() {
        return ready.join();
    }

    /// The same, as clients want it.
    public String bootstrap() {
        return "127.0.0.1:" + address().getPort();
    }

    /// The memory that it holds.
    public long residentBytes() {
        return House.text(Path.of("/proc", Long.toString(process.pid()), "status"))
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KILOBYTE)
                .findFirst()
                .orElseThrow(() -> failure("has no memory", null));
    }

    /// Whether it still runs.
    public boolean isAlive() {
        return process.isAlive();
    }

    /// What it has said, its last lines.
    public synchronized List<String> output() {
        return new ArrayList<>(said);
    }

    /// SIGTERM; returns when it has ended, with its exit code.
    public int stop() {
        process.destroy();
        awaitEnd();
        return process.exitValue();
    }

    /// SIGKILL; returns when it is gone.
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                throw failure("does not end", null);
            }
        } catch (InterruptedException interrupted) {
            throw failure("was not waited for", interrupted);
        }
    }

    /// An error that has its last words.
    public AssertionError failure(String what, @Nullable Throwable cause) {
        return new AssertionError(
                "%s %s; it said:\n%s".formatted(name, what, String.join("\n", output())), cause);
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }
}
