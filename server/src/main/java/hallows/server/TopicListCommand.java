package hallows.server;

import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.server.kafka.Remote;
import hallows.server.kafka.Topics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Names the topics of a broker.
@Command(
        name = "list",
        description = {
            "Names the topics, one a line.",
            "Exit code: 0 listed, 1 not, 2 the command was not understood."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class TopicListCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private RemoteOptions remote;

    @Option(names = "--internal", description = "The broker's own, too.")
    private boolean internal;

    @Override
    public Integer call() throws InterruptedException {
        return remote.run(spec.commandLine(), this::list);
    }

    private int list(Remote broker) {
        return switch (broker.topics().list(internal)) {
            case Result.Failed<List<Topics.Named>>(Fault fault) ->
                    RemoteOptions.failed(spec.commandLine(), fault.message());
            case Result.Ok<List<Topics.Named>>(List<Topics.Named> topics) -> {
                print(topics);
                yield 0;
            }
        };
    }

    private void print(List<Topics.Named> topics) {
        if (remote.isJson()) {
            spec.commandLine().getOut().println(Json.line(Map.of("topics", topics)));
        } else {
            topics.forEach(topic -> spec.commandLine().getOut().println(topic.name()));
        }
    }
}
