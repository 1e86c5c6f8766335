package hallows.server;

import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.server.kafka.Remote;
import java.io.Console;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Deletes topics.
@Command(
        name = "delete",
        description = {
            "Deletes topics and all their records, after a question.",
            "Exit code: 0 all were deleted, 1 not all, 2 the command was not understood."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class TopicDeleteCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private RemoteOptions remote;

    @Parameters(paramLabel = "NAME", arity = "1..*", description = "What they are called.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--yes", description = "Without a question.")
    private boolean yes;

    @Override
    public Integer call() throws InterruptedException {
        if (!yes && !isWanted()) {
            return RemoteOptions.failed(spec.commandLine(), "nothing was deleted");
        }
        return remote.run(spec.commandLine(), this::delete);
    }

    @SuppressWarnings("SystemConsoleNull") // since 25 it is null again where there is no terminal
    private boolean isWanted() {
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "there is no terminal to ask on whether the records may go: add --yes");
        }
        String answer =
                console.readLine(
                        "Delete %s and all records in it? [y/N] ", String.join(", ", names));
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    }

    private int delete(Remote broker) {
        TopicOutcomes outcomes = new TopicOutcomes(spec.commandLine(), remote.isJson());
        broker.topics()
                .delete(names.stream().distinct().toList())
                .forEach((name, came) -> {
                    switch (came) {
                        case Result.Ok<Result.Done> _ -> outcomes.done(name, "deleted", Map.of());
                        case Result.Failed<Result.Done>(Fault fault) ->
                                outcomes.failed(
                                        name, RemoteOptions.sentence(broker.topics(), name, fault));
                    }
                });
        return outcomes.end();
    }
}
