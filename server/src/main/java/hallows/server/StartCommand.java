package hallows.server;

import hallows.runtime.Endpoint;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.runtime.os.OsOptions;
import hallows.runtime.os.OsWorld;
import hallows.runtime.os.Turns;
import hallows.server.kafka.Place;
import hallows.server.kafka.Remote;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// One node, until it is told to stop.
@Command(
        name = "start",
        description = "Starts a node: a broker and its controller, in one process.",
        mixinStandardHelpOptions = true)
final class StartCommand implements Callable<Integer> {
    /// How long a stop may take as a whole.
    private static final long END_MILLIS = 25_000;

    private static final long WATCH_MILLIS = 1_000;
    private static final int NO_REHEARSAL = -1;
    private static final int FAILED = 1;
    private static final int MISUNDERSTOOD = 2;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private StartOptions options;

    @Option(
            names = "--rehearse",
            hidden = true,
            paramLabel = "SECONDS",
            description = "Serves itself for so long: the launcher keeps what the JVM has learnt.")
    private int rehearsalSeconds = NO_REHEARSAL;

    @Override
    public Integer call() throws InterruptedException {
        Turns.shorten();
        try (Ending ending = new Ending(END_MILLIS);
                OsWorld world = new OsWorld(OsOptions.standard())) {
            return switch (options.settings(world.disk(), NodeSettings.EFFECTIVE)) {
                case Result.Failed<StartSettings>(Fault fault) ->
                        complain(fault.message(), MISUNDERSTOOD);
                case Result.Ok<StartSettings>(StartSettings settings) ->
                        start(world, settings, ending);
            };
        }
    }

    private int complain(String sentence, int code) {
        spec.commandLine().getErr().println("hallows: " + sentence);
        return code;
    }

    private int start(OsWorld world, StartSettings settings, Ending ending)
            throws InterruptedException {
        settings.complaints().forEach(sentence -> complain(sentence, MISUNDERSTOOD));
        if (!settings.complaints().isEmpty()) {
            return MISUNDERSTOOD;
        }
        settings.notices().forEach(sentence -> complain(sentence, 0));
        Events events = new Events(spec.commandLine().getErr());
        try (Node node = new Node(world, settings.node(), events)) {
            return switch (node.start()) {
                case Result.Failed<Endpoint>(Fault fault) -> complain(fault.message(), FAILED);
                case Result.Ok<Endpoint>(Endpoint at) -> {
                    sayReady(at, settings.node());
                    yield rehearsalSeconds == NO_REHEARSAL
                            ? serve(events, ending)
                            : rehearse(world, at);
                }
            };
        }
    }

    private void sayReady(Endpoint at, NodeSettings node) {
        List<String> advertised =
                node.properties().advertised().stream()
                        .map(told -> new Endpoint(told.host(), told.port()).toString())
                        .toList();
        long millis = ManagementFactory.getRuntimeMXBean().getUptime();
        spec.commandLine().getOut().println(new Ready(at, advertised, millis).line());
        spec.commandLine().getOut().flush();
    }

    private int rehearse(OsWorld world, Endpoint at) {
        if (rehearsalSeconds == 0) {
            return 0;
        }
        Place place = new Place(at.toString(), Rehearsal.CLIENT, END_MILLIS);
        return switch (Remote.open(place)) {
            case Result.Failed<Remote>(Fault fault) -> complain(fault.message(), FAILED);
            case Result.Ok<Remote>(Remote remote) -> {
                try (remote) {
                    yield new Rehearsal(remote, world.clock()).run(rehearsalSeconds)
                                    instanceof Result.Failed<Result.Done>(Fault fault)
                            ? complain(fault.message(), FAILED)
                            : 0;
                }
            }
        };
    }

    private static int serve(Events events, Ending ending) throws InterruptedException {
        while (!events.over().isDone()) {
            if (ending.within(WATCH_MILLIS)) {
                return 0;
            }
        }
        return FAILED;
    }
}
