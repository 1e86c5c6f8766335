package hallows.server;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The program: reads the command line and hands over to the command it names. A new command is a
/// class of its own, listed under `subcommands`.
@Command(
        name = "hallows",
        description = "A shared-nothing runtime, and what is built on it.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            StartCommand.class,
            TopicCommand.class,
            ProduceCommand.class,
            ConsumeCommand.class,
            LogCommand.class,
            MiniatureCommand.class
        })
public final class Main implements Runnable {
    private static final int FAILED = 1;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything
    private CommandSpec spec;

    /// Runs one command and ends the process with its exit code: 0 fine, 1 failed, 2 not
    /// understood.
    public static void main(String... arguments) {
        int code = FAILED;
        try {
            code = commandLine().execute(arguments);
        } catch (Error broken) {
            // Whichever threads are left, they do not keep the process.
            Thread here = Thread.currentThread();
            here.getUncaughtExceptionHandler().uncaughtException(here, broken);
        }
        System.exit(code);
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(new Misunderstanding());
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command?");
    }
}
