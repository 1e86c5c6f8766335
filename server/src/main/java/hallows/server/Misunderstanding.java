package hallows.server;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Answers a command line that cannot be understood: what is wrong, what was probably meant, where
/// help is.
final class Misunderstanding implements IParameterExceptionHandler {
    /// Commands of the launcher script, which never arrive here but may have been meant.
    private static final List<String> LAUNCHER_COMMANDS = List.of("test", "bench", "replay");

    /// What Kafka's own commands have taught many hands, and what it is here.
    private static final Map<String, String> HABITS =
            Map.of(
                    "--topic", "the topic is named without one, as in `consume orders`",
                    "--from-beginning", "it is where reading begins anyway",
                    "--group", "consume reads in no group, and nothing is remembered",
                    "--broker-list", "--server",
                    "--max-messages", "--count",
                    "--offset", "--from",
                    "--consumer.config", "--command-config",
                    "--producer.config", "--command-config");

    @Override
    public int handleParseException(ParameterException cause, String[] arguments) {
        CommandLine command = cause.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("hallows: " + problem(cause));
        err.println(
                "`" + command.getCommandSpec().qualifiedName() + " --help` says what there is.");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static String problem(ParameterException cause) {
        return switch (cause) {
            case UnmatchedArgumentException unmatched when unmatched.isUnknownOption() ->
                    unknownOption(unmatched);
            case UnmatchedArgumentException unmatched -> unknownWord(unmatched);
            default ->
                    Objects.requireNonNullElse(cause.getMessage(), "that is not a command line")
                            // Picocli's, where an option is a map.
                            .replace("option option", "option");
        };
    }

    private static String unknownWord(UnmatchedArgumentException cause) {
        CommandLine command = cause.getCommandLine();
        String typed = cause.getUnmatched().getFirst();
        List<String> known = new ArrayList<>(command.getSubcommands().keySet());
        if (known.isEmpty()) {
            return "'" + typed + "' is one word too many";
        }
        boolean atTop = command.getParent() == null;
        if (atTop) {
            known.addAll(LAUNCHER_COMMANDS);
        }
        return "there is no command '%s%s'%s"
                .formatted(
                        atTop ? "" : command.getCommandName() + " ",
                        typed,
                        suggestion(Nearest.to(typed, known).map(name -> "'" + name + "'")));
    }

    private static String unknownOption(UnmatchedArgumentException cause) {
        CommandLine command = cause.getCommandLine();
        String typed = cause.getUnmatched().getFirst().replaceFirst("=.*", "");
        List<String> known =
                command.getCommandSpec().optionsMap().keySet().stream()
                        .filter(name -> name.startsWith("--"))
                        .toList();
        String said = "there is no option '" + typed + "'";
        if (command.getSubcommands().containsKey(typed.replaceFirst("^--", ""))) {
            return "%s; write `%s %s NAME`"
                    .formatted(
                            said,
                            command.getCommandSpec().qualifiedName(),
                            typed.replaceFirst("^--", ""));
        }
        String ours = HABITS.get(typed);
        if (ours == null) {
            return said + suggestion(Nearest.to(typed, known));
        }
        return said + (known.contains(ours) ? suggestion(Optional.of(ours)) : "; " + ours);
    }

    private static String suggestion(Optional<String> nearest) {
        return nearest.map(name -> "; did you mean " + name + "?").orElse("");
    }
}
