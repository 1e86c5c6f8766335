package hallows.server;

import hallows.log.Inspection;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Reads all that lies in a place and says what is wrong with it.
@Command(
        name = "verify",
        description = {
            "Reads everything and says what is not as it should be, where, and what to do.",
            "Exit code: 0 nothing is damaged, 1 something is, 2 the command was not understood."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class LogVerifyCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private LogLook look;

    @Override
    public Integer call() {
        return look.run(spec.commandLine(), (Inspection inspection) -> inspection::verify);
    }
}
