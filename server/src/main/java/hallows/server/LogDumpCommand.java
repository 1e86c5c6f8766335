package hallows.server;

import hallows.log.DumpOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Shows what lies in a place.
@Command(
        name = "dump",
        description = {
            "Shows batches and records, snapshots, checkpoints and indexes, in Kafka's words.",
            "Exit code: 0 all could be read, 1 not all, 2 the command was not understood."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class LogDumpCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private LogLook look;

    @Option(names = "--records", description = "Each record, with the sizes of key and value.")
    private boolean records;

    @Option(
            names = "--values",
            description = "Keys and values, too; what cannot be printed as \\xHH.")
    private boolean values;

    @Option(names = "--indexes", description = "The entries of offset and time indexes.")
    private boolean indexes;

    @Option(
            names = "--from",
            paramLabel = "OFFSET",
            defaultValue = "0",
            description = "Leaves out what ends below it.")
    private long from;

    @Option(
            names = "--max",
            paramLabel = "N",
            defaultValue = "9223372036854775807",
            showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
            description = "No more batches than these.")
    private long max;

    @Override
    public Integer call() {
        if (from < 0 || max < 0) {
            throw new ParameterException(spec.commandLine(), "--from and --max are not negative");
        }
        DumpOptions options = new DumpOptions(records || values, values, indexes, from, max);
        return look.run(spec.commandLine(), inspection -> place -> inspection.dump(place, options));
    }
}
