package hallows.server;

import hallows.runtime.Clock;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.runtime.os.OsOptions;
import hallows.runtime.os.OsWorld;
import hallows.server.kafka.Entry;
import hallows.server.kafka.Remote;
import hallows.server.kafka.Sending;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Sends the lines of the input to a topic.
@Command(
        name = "produce",
        description = {
            "Sends each line of the input as a record, and says at the end how many arrived.",
            "With --json a line is an object: key, value, headers, partition, timestamp; and each is answered with a line that says where it went.",
            "Exit code: 0 all are acknowledged, 1 not all, 2 the command was not understood."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ProduceCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private RemoteOptions remote;

    @Parameters(paramLabel = "TOPIC", description = "Where to.")
    @SuppressWarnings("NullAway.Init")
    private String topic;

    @Option(
            names = "--key-separator",
            paramLabel = "TEXT",
            description = "What stands before it in a line is the key.")
    private @Nullable String keySeparator;

    @Option(
            names = "--partition",
            paramLabel = "N",
            description = "All to this one (default: by key, or in turn).")
    private @Nullable Integer partition;

    @Option(names = "--acks", paramLabel = "WHO", description = "all, 1 or 0 (default: all).")
    private @Nullable String acks;

    @Option(
            names = "--compression",
            paramLabel = "TYPE",
            description = "${COMPLETION-CANDIDATES} (default: NONE).")
    private Sending.@Nullable Compression compression;

    @Option(names = "--header", paramLabel = "KEY=VALUE", description = "For every record.")
    private List<String> headers = new ArrayList<>();

    @Option(
            names = "--null",
            paramLabel = "TOKEN",
            description = "A value, or a key, that is this text is none at all.")
    private @Nullable String nothing;

    @Override
    public Integer call() throws InterruptedException {
        require(
                acks == null || List.of("all", "-1", "1", "0").contains(acks),
                "--acks is all, 1 or 0");
        require(partition == null || partition >= 0, "--partition is a number from 0 on");
        require(!"".equals(keySeparator), "--key-separator is a text, not nothing");
        require(
                !remote.isJson() || (keySeparator == null && nothing == null),
                "--key-separator and --null are for lines without --json");
        LineEntries entries = entries();
        return remote.run(spec.commandLine(), broker -> produce(broker, entries));
    }

    private void require(boolean holds, String rule) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), rule);
        }
    }

    private LineEntries entries() {
        List<Entry.Header> all = new ArrayList<>();
        for (String pair : headers) {
            int equals = pair.indexOf('=');
            require(equals > 0, "--header is KEY=VALUE, not '" + pair + "'");
            all.add(
                    new Entry.Header(
                            pair.substring(0, equals),
                            pair.substring(equals + 1).getBytes(StandardCharsets.UTF_8)));
        }
        OptionalInt to = partition == null ? OptionalInt.empty() : OptionalInt.of(partition);
        return remote.isJson()
                ? new JsonLines(all, to)
                : new PlainLines(
                        Optional.ofNullable(keySeparator), Optional.ofNullable(nothing), all, to);
    }

    private int produce(Remote broker, LineEntries entries) throws InterruptedException {
        return switch (broker.topics().partitions(topic)) {
            case Result.Failed<Integer>(Fault fault) ->
                    RemoteOptions.failed(spec.commandLine(), broker.topics(), topic, fault);
            case Result.Ok<Integer>(Integer count) ->
                    produce(broker, new Production.Target(topic, count), entries);
        };
    }

    private int produce(Remote broker, Production.Target target, LineEntries entries)
            throws InterruptedException {
        Sending.Options options =
                new Sending.Options(Optional.ofNullable(acks), Optional.ofNullable(compression));
        return switch (broker.sending(options)) {
            case Result.Failed<Sending>(Fault fault) ->
                    RemoteOptions.failed(spec.commandLine(), fault.message());
            case Result.Ok<Sending>(Sending sending) -> {
                Output output = Output.standard();
                Receipts receipts =
                        new Receipts(remote.isJson() ? output::write : _ -> {}, !"0".equals(acks));
                Production production = new Production(target, entries, sending, receipts);
                try (OsWorld world = new OsWorld(OsOptions.standard());
                        sending) {
                    yield produce(production, world.clock(), output);
                }
            }
        };
    }

    private int produce(Production production, Clock clock, Output output)
            throws InterruptedException {
        long begun = clock.nanos();
        boolean taken = production.run(System.in, output);
        Receipts receipts = production.receipts();
        if (!taken) {
            return output.end(spec.commandLine());
        }
        if (!receipts.sum().isFine()) {
            return RemoteOptions.failed(spec.commandLine(), receipts.complaint());
        }
        long millis = (clock.nanos() - begun) / 1_000_000;
        spec.commandLine().getErr().println(receipts.summary(millis));
        return 0;
    }
}
