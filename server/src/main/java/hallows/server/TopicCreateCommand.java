package hallows.server;

import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.server.kafka.Remote;
import hallows.server.kafka.Topics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Makes topics.
@Command(
        name = "create",
        description = {
            "Makes topics.",
            "Exit code: 0 all were made, 1 not all, 2 the command was not understood."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class TopicCreateCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private RemoteOptions remote;

    @Parameters(paramLabel = "NAME", arity = "1..*", description = "What they are to be called.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "How many each is to have (default: the broker's).")
    private @Nullable Integer partitions;

    @Option(
            names = {"--replicas", "--replication-factor"},
            paramLabel = "N",
            description = "On how many brokers (default: the broker's).")
    private @Nullable Integer replicas;

    @Option(
            names = "--config",
            paramLabel = "KEY=VALUE",
            description = "Its own configuration, such as retention.ms=3600000.")
    private Map<String, String> config = new LinkedHashMap<>();

    @Option(names = "--if-not-exists", description = "Content with what is there already.")
    private boolean ifNotExists;

    @Override
    public Integer call() throws InterruptedException {
        requireCount("--partitions", partitions, Integer.MAX_VALUE);
        requireCount("--replicas", replicas, Short.MAX_VALUE);
        return remote.run(spec.commandLine(), this::create);
    }

    private void requireCount(String option, @Nullable Integer count, int countMax) {
        if (count != null && (count < 1 || count > countMax)) {
            String most = countMax == Integer.MAX_VALUE ? "or more" : "to " + countMax;
            throw new ParameterException(
                    spec.commandLine(), "%s is 1 %s, not %d".formatted(option, most, count));
        }
    }

    private static OptionalInt number(@Nullable Integer typed) {
        return typed == null ? OptionalInt.empty() : OptionalInt.of(typed);
    }

    private int create(Remote broker) {
        Topics.Shape shape = new Topics.Shape(number(partitions), number(replicas), config);
        TopicOutcomes outcomes = new TopicOutcomes(spec.commandLine(), remote.isJson());
        broker.topics()
                .create(names, shape)
                .forEach((name, came) -> {
                    switch (came) {
                        case Result.Ok<Topics.Made>(Topics.Made made) ->
                                outcomes.done(name, "created", shapeOf(made));
                        case Result.Failed<Topics.Made>(Fault fault)
                                when ifNotExists && fault.kind() == Fault.Kind.EXISTS ->
                                outcomes.done(name, "exists", Map.of());
                        case Result.Failed<Topics.Made>(Fault fault) ->
                                outcomes.failed(name, fault.message());
                    }
                });
        return outcomes.end();
    }

    private static Map<String, Integer> shapeOf(Topics.Made made) {
        Map<String, Integer> shape = new LinkedHashMap<>();
        made.partitions().ifPresent(count -> shape.put("partitions", count));
        made.replicas().ifPresent(count -> shape.put("replicas", count));
        return shape;
    }
}
