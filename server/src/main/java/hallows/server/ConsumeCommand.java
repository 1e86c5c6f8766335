package hallows.server;

import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.runtime.os.OsOptions;
import hallows.runtime.os.OsWorld;
import hallows.server.kafka.Position;
import hallows.server.kafka.Reading;
import hallows.server.kafka.Remote;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Shows the records of a topic.
@Command(
        name = "consume",
        description = {
            "Shows the records of a topic, from one place to another in each partition, and ends where they end now. In no group: nobody is disturbed, and nothing is remembered.",
            "Exit code: 0 all was shown, 1 not all, 2 the command was not understood; 141 when the output was closed before."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ConsumeCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private RemoteOptions remote;

    @Parameters(paramLabel = "TOPIC", description = "Where from.")
    @SuppressWarnings("NullAway.Init")
    private String topic;

    @Option(
            names = "--partition",
            paramLabel = "N",
            description = "Only this one; as often as wanted (default: all).")
    private List<Integer> partitions = new ArrayList<>();

    @Option(
            names = "--from",
            paramLabel = "PLACE",
            defaultValue = "beginning",
            description = "Where to begin: " + Moments.HOW + " (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private String from;

    @Option(
            names = "--until",
            paramLabel = "PLACE",
            description = "Before what to end, likewise (default: the end of now).")
    private @Nullable String until;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "9223372036854775807",
            showDefaultValue = CommandLine.Help.Visibility.NEVER,
            description = "No more records than these.")
    private long count;

    @Option(names = "--follow", description = "Goes on with what comes.")
    private boolean follow;

    @Option(names = "--keys", description = "The key and a tab before each value.")
    private boolean keys;

    @Option(names = "--headers", description = "The headers and a tab before that.")
    private boolean headers;

    @Option(
            names = "--format",
            paramLabel = "TEXT",
            // Picocli would take the letters for its own.
            description = "How to show a record, for example '%%k: %%s\\n'; kcat's letters.")
    private @Nullable String format;

    @Option(names = "--committed", description = "Without what no transaction has committed.")
    private boolean committed;

    @Override
    public Integer call() throws InterruptedException {
        require(count >= 0, "--count is not negative");
        require(
                partitions.stream().allMatch(number -> number >= 0),
                "--partition is a number from 0 on");
        RecordFormat shown = shown();
        Moments moments = moments();
        Position first = position(moments, "--from", from);
        Optional<Position> last =
                Optional.ofNullable(until).map(typed -> position(moments, "--until", typed));
        return remote.run(
                spec.commandLine(), broker -> consume(broker, new Span(first, last), shown));
    }

    /// From where to where.
    private record Span(Position from, Optional<Position> until) {}

    private void require(boolean holds, String rule) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), rule);
        }
    }

    private static Moments moments() {
        try (OsWorld world = new OsWorld(OsOptions.standard())) {
            return new Moments(world.clock().wallMillis());
        }
    }

    private Position position(Moments moments, String option, String typed) {
        return moments.of(typed)
                .orElseThrow(() ->
                        new ParameterException(
                                spec.commandLine(),
                                "%s '%s' is none of %s".formatted(option, typed, Moments.HOW)));
    }

    private RecordFormat shown() {
        String template = format;
        require(
                template == null || !(keys || headers || remote.isJson()),
                "--format says all; it goes without --keys, --headers and --json");
        if (template == null) {
            return remote.isJson() ? RecordFormat.json() : RecordFormat.plain(keys, headers);
        }
        try {
            return RecordTemplate.of(template);
        } catch (IllegalArgumentException meaningless) {
            throw new ParameterException(
                    spec.commandLine(), "--format: " + meaningless.getMessage());
        }
    }

    private int consume(Remote broker, Span span, RecordFormat shown) throws InterruptedException {
        return switch (broker.topics().partitions(topic)) {
            case Result.Failed<Integer>(Fault fault) ->
                    RemoteOptions.failed(spec.commandLine(), broker.topics(), topic, fault);
            case Result.Ok<Integer>(Integer there) -> consume(broker, range(span, there), shown);
        };
    }

    private Reading.Range range(Span span, int there) {
        for (int number : partitions) {
            require(
                    number < there,
                    "topic '%s' has partitions 0 to %d, not %d"
                            .formatted(topic, there - 1, number));
        }
        List<Integer> wanted =
                partitions.isEmpty()
                        ? IntStream.range(0, there).boxed().toList()
                        : partitions.stream().distinct().toList();
        return new Reading.Range(topic, wanted, span.from(), span.until(), follow);
    }

    private int consume(Remote broker, Reading.Range range, RecordFormat shown)
            throws InterruptedException {
        return switch (broker.reading(committed)) {
            case Result.Failed<Reading>(Fault fault) ->
                    RemoteOptions.failed(spec.commandLine(), fault.message());
            case Result.Ok<Reading>(Reading reading) -> {
                try (reading) {
                    yield consume(reading, range, shown);
                }
            }
        };
    }

    private int consume(Reading reading, Reading.Range range, RecordFormat shown)
            throws InterruptedException {
        if (reading.begin(range) instanceof Result.Failed<Result.Done>(Fault fault)) {
            return RemoteOptions.failed(spec.commandLine(), fault.message());
        }
        long patienceMillis = follow ? Long.MAX_VALUE : remote.timeoutMillis(spec.commandLine());
        Consumption.Limits limits = new Consumption.Limits(count, patienceMillis);
        Output output = Output.standard();
        try (OsWorld world = new OsWorld(OsOptions.standard())) {
            Consumption consumption =
                    new Consumption(reading, shown, output, limits, world.clock());
            return switch (consumption.run()) {
                case Result.Failed<Boolean>(Fault fault) ->
                        RemoteOptions.failed(spec.commandLine(), fault.message());
                case Result.Ok<Boolean>(Boolean taken) ->
                        taken ? 0 : output.end(spec.commandLine());
            };
        }
    }
}
