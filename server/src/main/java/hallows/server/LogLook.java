package hallows.server;

import hallows.log.Fact;
import hallows.log.Inspection;
import hallows.log.kafka.Codecs;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.runtime.os.OsOptions;
import hallows.runtime.os.OsWorld;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/// What the commands that look into logs have in common: where, and how they tell.
final class LogLook {
    @Parameters(
            paramLabel = "DIR",
            description = "A log directory, a partition's directory in it, or one of their files.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything
    private Path place;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    /// Looks, and tells line by line; the exit code.
    int run(CommandLine command, Function<Inspection, Function<Path, Result<Boolean>>> look) {
        if (place.toString().isEmpty()) {
            throw new ParameterException(command, "DIR is a place, not nothing");
        }
        PrintWriter out = command.getOut();
        try (OsWorld world = new OsWorld(OsOptions.standard())) {
            Inspection inspection =
                    new Inspection(world.disk(), new Codecs(), fact -> out.println(text(fact)));
            return switch (look.apply(inspection).apply(place)) {
                case Result.Ok<Boolean>(Boolean fine) -> fine ? 0 : 1;
                case Result.Failed<Boolean>(Fault fault) -> {
                    command.getErr().println("hallows: " + fault.message());
                    yield 1;
                }
            };
        } finally {
            out.flush();
        }
    }

    private String text(Fact fact) {
        return json ? fact.json() : fact.line();
    }
}
