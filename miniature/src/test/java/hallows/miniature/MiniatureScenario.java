package hallows.miniature;

import hallows.runtime.Cores;
import hallows.runtime.Endpoint;
import hallows.runtime.Host;
import hallows.runtime.HostOptions;
import hallows.runtime.Listener;
import hallows.runtime.Report;
import hallows.runtime.Security;
import hallows.runtime.World;
import hallows.simulation.DiskFaults;
import hallows.simulation.Faults;
import hallows.simulation.Mishap;
import hallows.simulation.SeededDice;
import hallows.simulation.SimNode;
import hallows.simulation.Simulation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The service on a machine that fails, its clients on another, and a network between them that
/// does what networks do. At the end the machine loses power once more, and everything is read
/// again.
final class MiniatureScenario {
    private static final Endpoint SERVICE = new Endpoint("server", 9000);
    private static final Path DIRECTORY = Path.of("/data/miniature");
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration ROT = Duration.ofMillis(100);
    private static final Duration AUDIT_LIMIT = Duration.ofMinutes(1);
    private static final Load LOAD = new Load(3, 3, 60, 8, 700);
    private static final Load ENDLESS = new Load(3, 3, Long.MAX_VALUE, 5, 700);
    private static final Load FEW = new Load(2, 1, 10, 5, 100);
    private static final Load AUDIT = new Load(0, LOAD.partitions(), 0, 0, Load.PAYLOAD_BYTES_MIN);
    private static final int SERVER_MEMORY_BYTES = 1 << 19;
    private static final int SLAB_BYTES = 1 << 15;

    /// More of what a write can meet than others need: the service must not say what it cannot
    /// know.
    private static final DiskFaults ROUGH =
            new DiskFaults(
                    0.002,
                    0.005,
                    0.02,
                    0.005,
                    0.005,
                    DiskFaults.ALL.flush(),
                    DiskFaults.ALL.flushSlow(),
                    DiskFaults.ALL.slow());

    final Simulation simulation;
    private final Ledger ledger;
    private final SeededDice dice;
    private final SimNode server;
    private final SimNode client;
    private final Troubles troubles;
    private final Duration limit;
    private final boolean calm;
    private final int stopMillis;
    private boolean toleratesDamage = true;
    private @Nullable Host serving;
    private @Nullable AssertionError unwanted;

    /// A world without faults or troubles, in which every answer comes before anybody's patience
    /// ends: a wake-up that is lost has nothing to hide behind.
    static MiniatureScenario calm(long seed) {
        return new MiniatureScenario(seed, Faults.NONE, Duration.ofSeconds(4));
    }

    /// A world in which everything happens.
    static MiniatureScenario wild(long seed) {
        return new MiniatureScenario(seed, Faults.ALL.with(ROUGH), LIMIT);
    }

    private MiniatureScenario(long seed, Faults faults, Duration limit) {
        this.limit = limit;
        this.calm = faults.equals(Faults.NONE);
        this.stopMillis = calm ? 1_000 : 10_000;
        simulation = new Simulation(seed, faults);
        dice = simulation.dice("scenario");
        server = simulation.node("server");
        client = simulation.node("client");
        ledger = new Ledger(() -> toleratesDamage ? simulation.count(Mishap.BIT_FLIPPED) : 0);
        simulation.check(this::check);
        troubles = new Troubles(simulation, server, new Served());
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
        if (!calm) {
            troubles.begin(LogFile.path(DIRECTORY, Load.partition(0)));
        }
        simulation.run(
                () ->
                        ledger.settled == LOAD.appenders() * LOAD.records()
                                && troubles.areOver()
                                && ledger.hasReadAll(),
                limit);
        stop(clients);
        server.powerLoss();
        server.disk().heal();
        audit();
    }

    /// Stops the service while its clients want more and more of it: what it has taken in is
    /// answered, and nothing else is taken in.
    void runAndStopUnderLoad() {
        serve(server);
        Host clients = start(ENDLESS);
        int enough = 1 + dice.below(200);
        simulation.run(() -> ledger.appended >= enough, limit);
        stop(serving());
        simulation.runFor(Duration.ofSeconds(1));
        stop(clients);
        audit();
        ledger.expectAllAnswered();
        ledger.check();
    }

    /// The disk reads wrong while records are few enough to pass through memory: no reader is sent
    /// a damaged one, and a recovery in the midst of it costs nothing.
    void runOnADiskThatReadsWrong() {
        toleratesDamage = false;
        serve(server);
        Host clients = start(FEW);
        rot();
        simulation.run(() -> ledger.settled == FEW.appenders() * FEW.records(), limit);
        simulation.runFor(ROT);
        server.crash();
        serve(server.restart());
        simulation.runFor(ROT);
        server.disk().heal();
        simulation.run(ledger::hasReadAll, limit);
        stop(clients);
        rot();
        simulation.after(ROT, server.disk()::heal);
        audit();
    }

    private void rot() {
        server.disk().flipReads(LogFile.path(DIRECTORY, Load.partition(0)), 0, Long.MAX_VALUE);
    }

    private void audit() {
        serve(server.restart());
        ledger.readAgain();
        Host auditors = start(AUDIT);
        simulation.after(AUDIT_LIMIT, ledger::expectAllRead);
        simulation.run(ledger::hasReadAll, LIMIT);
        stop(auditors);
        stop(serving());
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

    private Host serving() {
        return Objects.requireNonNull(serving, "somebody serves");
    }

    private void stop(Host host) {
        host.requestStop(stopMillis);
        simulation.run(host::hasEnded, LIMIT);
        host.close();
    }

    /// The service, for who troubles its machine.
    private final class Served implements Troubles.Program {
        @Override
        public void start(World world) {
            serve(world);
        }

        @Override
        public void requestStop() {
            serving().requestStop(stopMillis);
        }

        @Override
        public boolean hasStopped() {
            return serving().hasEnded();
        }
    }

    /// Nothing here fails, leaks or dawdles, whatever the world does.
    private void report(Report report) {
        Throwable cause =
                switch (report) {
                    case Report.ComponentFailed(_, Throwable thrown, _) -> thrown;
                    case Report.ShardStopped(_, Throwable thrown) -> thrown;
                    case Report.MemoryLeaked _, Report.StopTimedOut _ -> null;
                };
        unwanted = new AssertionError(report.toString(), cause);
    }

    private void check() {
        AssertionError first = unwanted;
        if (first != null) {
            throw first;
        }
        ledger.check();
    }
}
