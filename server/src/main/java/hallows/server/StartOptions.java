package hallows.server;

import hallows.runtime.Disk;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What can be said to `start`.
final class StartOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A server.properties, as Kafka has them.")
    private @Nullable Path config;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where everything is kept (default: the file's, or ./hallows-data).")
    private @Nullable String data;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description =
                    "Where clients come in; port 0 takes a free one (default: the file's, or 127.0.0.1:9092).")
    private @Nullable String listen;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "One property over all that is said otherwise; as often as wanted.")
    private List<String> sets = new ArrayList<>();

    /// Reads the file and puts together what was said. A failure is that of the file.
    ///
    /// @param effectiveAbove keys that have an effect outside of the cluster
    Result<StartSettings> settings(Disk disk, Set<String> effectiveAbove) {
        Path file = config;
        if (file == null) {
            return new Result.Ok<>(settings(Optional.empty(), effectiveAbove));
        }
        return switch (TextFile.read(disk, file)) {
            case Result.Failed<String>(Fault fault) ->
                    Result.failed(fault.kind(), "--config: " + fault.message());
            case Result.Ok<String>(String text) ->
                    new Result.Ok<>(
                            settings(
                                    Optional.of(PropertiesText.of(file.toString(), text)),
                                    effectiveAbove));
        };
    }

    private StartSettings settings(Optional<PropertiesText> text, Set<String> effectiveAbove) {
        return StartSettings.of(
                new StartSettings.Said(
                        text, Optional.ofNullable(data), Optional.ofNullable(listen), sets),
                effectiveAbove);
    }
}
