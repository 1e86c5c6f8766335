package hallows.server;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
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
        boolean unknownCommand =
                cause instanceof UnmatchedArgumentException unmatched
                        && !unmatched.isUnknownOption();
        boolean atTop = cause.getCommandLine().getParent() == null;
        if (!unknownCommand || !atTop) {
            return Objects.requireNonNullElse(cause.getMessage(), "that is not a command line");
        }
        String typed = ((UnmatchedArgumentException) cause).getUnmatched().getFirst();
        List<String> known = new ArrayList<>(LAUNCHER_COMMANDS);
        known.addAll(cause.getCommandLine().getSubcommands().keySet());
        return "there is no command '" + typed + "'" + suggestion(Nearest.to(typed, known));
    }

    private static String suggestion(Optional<String> nearest) {
        return nearest.map(name -> "; did you mean '" + name + "'?").orElse("");
    }
}
