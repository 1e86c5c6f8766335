package hallows.server;

import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.server.kafka.Remote;
import hallows.server.kafka.Topic;
import hallows.server.kafka.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Says what topics are like.
@Command(
        name = "describe",
        description = {
            "Says what topics are like: partitions, leaders, replicas, offsets, and what is configured where the broker tells it.",
            "Exit code: 0 all are there, 1 not all, 2 the command was not understood."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class TopicDescribeCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private RemoteOptions remote;

    @Parameters(
            paramLabel = "NAME",
            arity = "0..*",
            description = "What they are called (default: all but the broker's own).")
    private List<String> names = new ArrayList<>();

    @Override
    public Integer call() throws InterruptedException {
        return remote.run(spec.commandLine(), this::describe);
    }

    private int describe(Remote broker) {
        if (!names.isEmpty()) {
            return describe(broker.topics(), names.stream().distinct().toList());
        }
        return switch (broker.topics().list(false)) {
            case Result.Failed<List<Topics.Named>>(Fault fault) ->
                    RemoteOptions.failed(spec.commandLine(), fault.message());
            case Result.Ok<List<Topics.Named>>(List<Topics.Named> all) ->
                    describe(broker.topics(), all.stream().map(Topics.Named::name).toList());
        };
    }

    private int describe(Topics topics, List<String> wanted) {
        CommandLine command = spec.commandLine();
        List<Topic> seen = new ArrayList<>();
        int code = 0;
        for (var one : topics.describe(wanted).entrySet()) {
            switch (one.getValue()) {
                case Result.Ok<Topic>(Topic topic) -> seen.add(topic);
                case Result.Failed<Topic>(Fault fault) ->
                        code = RemoteOptions.failed(command, topics, one.getKey(), fault);
            }
        }
        if (remote.isJson()) {
            List<?> all = seen.stream().map(topic -> new TopicText(topic).fields()).toList();
            command.getOut().println(Json.line(Map.of("topics", all)));
        } else {
            seen.forEach(topic -> new TopicText(topic).lines().forEach(command.getOut()::println));
        }
        return code;
    }
}
