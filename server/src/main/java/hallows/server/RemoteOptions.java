package hallows.server;

import hallows.runtime.Endpoint;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.runtime.os.OsOptions;
import hallows.runtime.os.OsWorld;
import hallows.server.kafka.Place;
import hallows.server.kafka.Remote;
import hallows.server.kafka.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// What the commands that ask a broker have in common: which one, and how they tell.
final class RemoteOptions {
    private static final String SERVER = "127.0.0.1:9092";
    private static final String SERVERS_KEY = "bootstrap.servers";
    private static final long TIMEOUT_MILLIS_MIN = 100;
    private static final long TIMEOUT_MILLIS_MAX = 86_400_000;

    @Option(
            names = {"--server", "--bootstrap-server"},
            paramLabel = "HOST:PORT",
            description = "A broker, or some of a cluster with commas (default: " + SERVER + ").")
    private @Nullable String servers;

    @Option(
            names = "--command-config",
            paramLabel = "FILE",
            description = "Properties of Kafka's clients, for TLS and passwords.")
    private @Nullable Path config;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "30s",
            description = "How long an answer may take: 5s, 500ms, 1m (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything
    private String timeout;

    @Option(names = "--json", description = "JSON, an object a line.")
    private boolean json;

    /// Something to ask a broker for; the exit code.
    interface Work {
        int with(Remote remote) throws InterruptedException;
    }

    boolean isJson() {
        return json;
    }

    long timeoutMillis(CommandLine command) {
        return TimeSpan.of(timeout)
                .map(TimeSpan::millis)
                .filter(millis -> millis >= TIMEOUT_MILLIS_MIN && millis <= TIMEOUT_MILLIS_MAX)
                .orElseThrow(() ->
                        new ParameterException(
                                command, "--timeout is 100ms to 1d, for example 30s"));
    }

    /// Finds the broker and does the work; the exit code.
    int run(CommandLine command, Work work) throws InterruptedException {
        Result<Remote> opened =
                switch (place(command)) {
                    case Result.Failed<Place>(Fault fault) -> new Result.Failed<>(fault);
                    case Result.Ok<Place>(Place place) -> Remote.open(place);
                };
        return switch (opened) {
            case Result.Failed<Remote>(Fault fault) -> failed(command, fault.message());
            case Result.Ok<Remote>(Remote remote) -> {
                try (remote) {
                    yield work.with(remote);
                } finally {
                    command.getOut().flush();
                }
            }
        };
    }

    private Result<Place> place(CommandLine command) {
        long timeoutMillis = timeoutMillis(command);
        Path file = config;
        if (file == null) {
            return place(command, Map.of(), timeoutMillis);
        }
        Result<String> read;
        try (OsWorld world = new OsWorld(OsOptions.standard())) {
            read = TextFile.read(world.disk(), file);
        }
        return switch (read) {
            case Result.Failed<String>(Fault fault) ->
                    Result.failed(fault.kind(), "--command-config: " + fault.message());
            case Result.Ok<String>(String text) -> {
                PropertiesText properties = PropertiesText.of(file.toString(), text);
                yield properties.complaints().isEmpty()
                        ? place(command, properties.values(), timeoutMillis)
                        : Result.failed(
                                Fault.Kind.UNSUPPORTED,
                                "--command-config: " + properties.complaints().getFirst());
            }
        };
    }

    private Result<Place> place(
            CommandLine command, Map<String, String> properties, long timeoutMillis) {
        String typed = servers;
        String where = typed != null ? typed : properties.getOrDefault(SERVERS_KEY, SERVER);
        try {
            List.of(where.split(",", -1)).forEach(one -> Endpoint.parse(one.strip()));
        } catch (IllegalArgumentException notOne) {
            String who = typed != null ? "--server" : SERVERS_KEY;
            throw new ParameterException(command, who + ": " + notOne.getMessage());
        }
        return new Result.Ok<>(new Place(where, properties, timeoutMillis));
    }

    /// Says why something was not done; the exit code.
    static int failed(CommandLine command, String why) {
        command.getErr().println("hallows: " + why);
        return 1;
    }

    /// Says why something was not done with a topic; where there is none of that name, which was
    /// probably meant, or how to make it.
    static int failed(CommandLine command, Topics topics, String topic, Fault fault) {
        return failed(command, sentence(topics, topic, fault));
    }

    static String sentence(Topics topics, String topic, Fault fault) {
        if (fault.kind() != Fault.Kind.MISSING) {
            return fault.message();
        }
        Optional<String> meant =
                switch (topics.list(true)) {
                    case Result.Failed<List<Topics.Named>> _ -> Optional.empty();
                    case Result.Ok<List<Topics.Named>>(List<Topics.Named> all) ->
                            Nearest.to(topic, all.stream().map(Topics.Named::name).toList());
                };
        String remedy = "make it: ./hallows topic create " + topic;
        return fault.message()
                + meant.map(name -> "; did you mean '%s'? Or %s".formatted(name, remedy))
                        .orElse("; " + remedy);
    }
}
