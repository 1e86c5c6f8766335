package hallows.server;

import hallows.miniature.Load;
import hallows.miniature.Miniature;
import hallows.miniature.Store;
import hallows.runtime.Cores;
import hallows.runtime.Disk;
import hallows.runtime.Endpoint;
import hallows.runtime.Fault;
import hallows.runtime.Host;
import hallows.runtime.HostOptions;
import hallows.runtime.Listener;
import hallows.runtime.Result;
import hallows.runtime.Security;
import hallows.runtime.os.OsOptions;
import hallows.runtime.os.OsWorld;
import hallows.runtime.os.Transport;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Runs the append service for real: its shards, clients that append and follow over TCP, and a
/// disk.
@Command(
        name = "miniature",
        description = "Runs the append service and its clients for a while, and says how it went.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class MiniatureCommand implements Callable<Integer> {
    private static final long STOP_MILLIS = 10_000;

    /// Clients and service stop one after the other.
    private static final long END_MILLIS = 2 * STOP_MILLIS + 5_000;

    private static final long SERVICE_BYTES = 32L << 20;
    private static final long CLIENT_BYTES = 16L << 20;
    private static final int SLAB_BYTES = 1 << 18;
    private static final String LOCK = ".lock";

    /// Not where a node keeps its own: that would be foreign there.
    static final Path DATA = Path.of("hallows-miniature");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything
    private CommandSpec spec;

    @Option(
            names = "--seconds",
            defaultValue = "5",
            description = "How long, 1 to 86400 (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--shards",
            defaultValue = "2",
            description = "Cores of the service, 1 to 64 (default: ${DEFAULT-VALUE}).")
    private int shards;

    @Option(
            names = "--listen",
            defaultValue = "127.0.0.1:0",
            description =
                    "HOST:PORT; port 0 to 65535, 0 takes a free one (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private String listen;

    @Option(
            names = "--data",
            description = "Directory of the files (default: a new one in hallows-miniature).")
    private @Nullable Path data;

    @Option(
            names = "--appenders",
            defaultValue = "4",
            description = "Clients that append, 0 to 1000 (default: ${DEFAULT-VALUE}).")
    private int appenders;

    @Option(
            names = "--window",
            defaultValue = "32",
            description = "Records each has underway, 1 to 64 (default: ${DEFAULT-VALUE}).")
    private int window;

    @Option(
            names = "--partitions",
            defaultValue = "8",
            description = "Over how many partitions, 1 to 1000 (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Option(
            names = "--record-bytes",
            defaultValue = "100",
            description = "Payload of a record, at most; 16 to 524288 (default: ${DEFAULT-VALUE}).")
    private int recordBytes;

    @Option(
            names = "--transport",
            defaultValue = "AUTO",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private Transport transport;

    @Override
    public Integer call() throws Exception {
        checkOptions();
        require(transport.available(), "this host has no transport " + transport);
        // A signal waits until the world is closed.
        try (Ending ending = new Ending(END_MILLIS);
                OsWorld world = new OsWorld(OsOptions.standard().with(transport))) {
            return serve(world, ending);
        }
    }

    private void checkOptions() {
        require(seconds >= 1 && seconds <= 86_400, "--seconds is 1 to 86400");
        require(shards >= 1 && shards <= 64, "--shards is 1 to 64");
        require(appenders >= 0 && appenders <= 1000, "--appenders is 0 to 1000");
        require(window >= 1 && window <= 64, "--window is 1 to 64");
        require(partitions >= 1 && partitions <= 1000, "--partitions is 1 to 1000");
        require(data == null || !data.toString().isEmpty(), "--data is a directory, not nothing");
        require(recordBytes >= 16 && recordBytes <= 1 << 19, "--record-bytes is 16 to 524288");
    }

    private void require(boolean holds, String rule) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), rule);
        }
    }

    private int serve(OsWorld world, Ending ending) throws Exception {
        return switch (world.network().listen(endpoint(), Security.PLAIN)) {
            case Result.Failed<Listener>(Fault fault) -> {
                spec.commandLine().getErr().println("cannot listen: " + fault.message());
                yield 1;
            }
            case Result.Ok<Listener>(Listener listener) -> {
                try {
                    yield serve(world, listener, ending);
                } finally {
                    listener.close();
                }
            }
        };
    }

    private Endpoint endpoint() {
        try {
            return Endpoint.parse(listen);
        } catch (IllegalArgumentException notOne) {
            throw new ParameterException(spec.commandLine(), "--listen: " + notOne.getMessage());
        }
    }

    private int serve(OsWorld world, Listener listener, Ending ending) throws Exception {
        Path given = data;
        Path directory =
                given != null
                        ? given.toAbsolutePath()
                        : DATA.toAbsolutePath().resolve("run-" + world.clock().wallMillis());
        return switch (held(world.disk(), directory)) {
            case Result.Failed<AutoCloseable>(Fault fault) -> {
                spec.commandLine().getErr().println("cannot keep files: " + fault.message());
                yield 1;
            }
            case Result.Ok<AutoCloseable>(AutoCloseable held) -> {
                try (held) {
                    yield serve(world, listener, directory, ending);
                }
            }
        };
    }

    /// Makes the directory and holds it: two processes would cut off each other's records.
    private static Result<AutoCloseable> held(Disk disk, Path directory) {
        return switch (disk.createDirectories(directory)) {
            case Result.Failed<Result.Done>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<Result.Done> _ -> disk.lock(directory.resolve(LOCK));
        };
    }

    private int serve(OsWorld world, Listener listener, Path directory, Ending ending)
            throws InterruptedException {
        Store store = new Store(directory, this::printCut);
        Host service =
                Host.start(
                        world,
                        HostOptions.shards(shards).memory(SERVICE_BYTES, SLAB_BYTES),
                        List.of(Miniature.service(listener, store, SERVICE_BYTES)));
        print("Miniature on " + listener.endpoint() + " over " + world.transport());
        Tally tally = new Tally(partitions);
        load(world, listener.endpoint(), tally, ending);
        boolean ended = stop(service);
        print("logs in " + directory + ": " + logs(world.disk(), directory));
        return ended && tally.complaint().isEmpty() ? 0 : 1;
    }

    private void load(OsWorld world, Endpoint service, Tally tally, Ending ending)
            throws InterruptedException {
        Load load = new Load(appenders, partitions, Long.MAX_VALUE, window, recordBytes);
        Host clients =
                Host.start(
                        world,
                        HostOptions.shards(1).memory(CLIENT_BYTES, SLAB_BYTES),
                        List.of(load.application(service, tally, Cores.ALL, CLIENT_BYTES)));
        long begun = world.clock().nanos();
        String used = processor(ending);
        double took = (world.clock().nanos() - begun) / 1e9;
        stop(clients);
        print(tally.summary(took).stripTrailing());
        print(used);
        if (!tally.complaint().isEmpty()) {
            print("complaint: " + tally.complaint());
        }
    }

    /// Waits for the end, and says what was used in the second half.
    private String processor(Ending ending) throws InterruptedException {
        if (!ending.within(seconds * 500L)) {
            double warm = processorSeconds();
            if (!ending.within(seconds * 500L)) {
                double used = (processorSeconds() - warm) / (seconds * 0.5);
                return String.format(
                        "all of it used %.1f %% of a core in the second half", used * 100);
            }
        }
        return "ended before its time, as the host asked";
    }

    private static double processorSeconds() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(used -> used.toNanos() / 1e9)
                .orElse(Double.NaN);
    }

    private static boolean stop(Host host) {
        boolean ended = host.stop(STOP_MILLIS);
        if (ended) {
            host.close();
        }
        return ended;
    }

    private static String logs(Disk disk, Path directory) {
        return switch (disk.list(directory)) {
            case Result.Ok<List<String>>(List<String> names) ->
                    String.valueOf(names.stream().filter(Store::isLog).count());
            case Result.Failed<List<String>>(Fault fault) -> fault.message();
        };
    }

    /// What an interrupted write left behind looks the same as what a disk has spoilt.
    private void printCut(Path file, long position, long bytes) {
        print(
                "cut %,d bytes off %s: no sound record at %,d; a write was torn, or bytes spoilt"
                        .formatted(bytes, file, position));
    }

    private void print(String line) {
        spec.commandLine().getOut().println(line);
    }
}
