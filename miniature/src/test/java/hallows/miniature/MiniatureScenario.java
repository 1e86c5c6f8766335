package hallows.miniature;

import hallows.runtime.Cores;
import hallows.runtime.Endpoint;
import hallows.runtime.Host;
import hallows.runtime.HostOptions;
import hallows.runtime.Listener;
import hallows.runtime.Report;
import hallows.runtime.Security;
import hallows.runtime.World;
import hallows.simulation.Faults;
import hallows.simulation.SeededDice;
import hallows.simulation.SimNode;
import hallows.simulation.Simulation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The service on a machine that fails, its clients on another, and a network between them that
/// does what networks do. At the end the machine loses power once more, and everything is read
/// again.
final class MiniatureScenario {
    private static final Endpoint SERVICE = new Endpoint("server", 9000);
    private static final Path DIRECTORY = Path.of("/data/miniature");
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Load LOAD = new Load(3, 3, 20, 5, 700);
    private static final Load AUDIT = new Load(0, LOAD.partitions(), 0, 0, Load.PAYLOAD_BYTES_MIN);
    private static final int SERVER_MEMORY_BYTES = 1 << 19;
    private static final int SLAB_BYTES = 1 << 15;

    final Simulation simulation;
    final Ledger ledger = new Ledger();
    private final SeededDice dice;
    private final SimNode server;
    private final SimNode client;
    private @Nullable Host serving;
    private final Duration limit;
    private final boolean calm;
    private int troubles;

    /// A world without faults or troubles, in which every answer comes before anybody's patience
    /// ends: a wake-up that is lost has nothing to hide behind.
    static MiniatureScenario calm(long seed) {
        return new MiniatureScenario(seed, Faults.NONE, Duration.ofSeconds(4));
    }

    /// A world in which everything happens.
    static MiniatureScenario wild(long seed) {
        return new MiniatureScenario(seed, Faults.ALL, LIMIT);
    }

    private MiniatureScenario(long seed, Faults faults, Duration limit) {
        this.limit = limit;
        this.calm = faults.equals(Faults.NONE);
        simulation = new Simulation(seed, faults);
        dice = simulation.dice("scenario");
        server = simulation.node("server");
        client = simulation.node("client");
        simulation.check(ledger::check);
    }

    /// Prints the trace hash of each seed: another process must print the same.
    public static void main(String... seeds) {
        for (String seed : seeds) {
            MiniatureScenario scenario = wild(Long.parseLong(seed));
            try (Simulation closed = scenario.simulation) {
                scenario.run();
                System.out.println(Long.toHexString(closed.traceHash()));
            }
        }
    }

    void run() {
        serve(server);
        Host clients = start(LOAD);
        troubles = calm ? 0 : dice.below(4);
        trouble();
        simulation.run(
                () ->
                        ledger.settled == LOAD.appenders() * LOAD.records()
                                && troubles == 0
                                && ledger.hasReadAll(),
                limit);
        stop(clients);
        audit();
    }

    private void audit() {
        server.powerLoss();
        server.disk().heal();
        serve(server.restart());
        ledger.readAgain();
        Host auditors = start(AUDIT);
        simulation.run(ledger::hasReadAll, LIMIT);
        stop(auditors);
        if (serving != null) {
            stop(serving);
        }
    }

    /// The machine fails, now by a crash and now by a loss of power, and comes back.
    private void trouble() {
        if (troubles == 0) {
            return;
        }
        simulation.after(
                Duration.ofMillis(1 + dice.below(120)),
                () -> {
                    if (dice.oneIn(2)) {
                        server.crash();
                    } else {
                        server.powerLoss();
                    }
                    simulation.after(
                            Duration.ofMillis(dice.below(40)),
                            () -> {
                                serve(server.restart());
                                troubles--;
                                trouble();
                            });
                });
    }

    private void serve(World world) {
        Listener listener = world.network().listen(SERVICE, Security.PLAIN).orThrow();
        HostOptions options =
                HostOptions.shards(1 + dice.below(3))
                        .memory(SERVER_MEMORY_BYTES, SLAB_BYTES)
                        .reporting(this::report);
        serving =
                Host.start(
                        world,
                        options,
                        List.of(Miniature.service(listener, DIRECTORY, SERVER_MEMORY_BYTES)));
    }

    private Host start(Load load) {
        HostOptions options =
                HostOptions.shards(1).memory(4 << 20, 1 << 16).reporting(this::report);
        return Host.start(
                client, options, List.of(load.application(SERVICE, ledger, Cores.ALL, 4 << 20)));
    }

    private void stop(Host host) {
        host.requestStop(10_000);
        simulation.run(host::hasEnded, LIMIT);
        host.close();
    }

    /// Nothing here fails, leaks or dawdles, whatever the world does.
    private void report(Report report) {
        ledger.broken(report.toString());
    }
}
