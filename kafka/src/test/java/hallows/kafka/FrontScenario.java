package hallows.kafka;

import hallows.broker.FakeBroker;
import hallows.broker.FrontEnd;
import hallows.cluster.ClusterImage;
import hallows.cluster.Controller;
import hallows.cluster.FeatureLevels;
import hallows.cluster.TopicPlan;
import hallows.runtime.Application;
import hallows.runtime.Component;
import hallows.runtime.Endpoint;
import hallows.runtime.Host;
import hallows.runtime.HostOptions;
import hallows.runtime.Listener;
import hallows.runtime.Outside;
import hallows.runtime.Promise;
import hallows.runtime.Report;
import hallows.runtime.Result;
import hallows.runtime.Seat;
import hallows.runtime.Security;
import hallows.simulation.Faults;
import hallows.simulation.SimNode;
import hallows.simulation.Simulation;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.jspecify.annotations.Nullable;

/// A front end before a broker of the test's own, and clients on another machine.
final class FrontScenario implements AutoCloseable {
    private static final Endpoint SERVICE = new Endpoint("server", 9092);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int MEMORY_BYTES = 1 << 20;
    private static final int SLAB_BYTES = 1 << 15;

    final Simulation simulation;
    final List<RawClient> clients = new ArrayList<>();
    private final List<Outside<RawClient>> doors = new ArrayList<>();
    private final List<Host> hosts = new ArrayList<>();
    private final SimNode machine;
    private final Host server;
    private @Nullable Front front;
    private @Nullable AssertionError unwanted;
    private int nextCorrelationId;

    FrontScenario(long seed, ClusterImage image, Controller controller) {
        this(new Simulation(seed, Faults.NONE), options(), image, controller);
    }

    FrontScenario(
            Simulation simulation,
            FrontOptions options,
            ClusterImage image,
            Controller controller) {
        this.simulation = simulation;
        machine = simulation.node("client");
        SimNode node = simulation.node("server");
        long memoryBytes = 2 * options.unreadBytesMax();
        FrontEnd.Factory factory = factory(node, options, controller);
        Application application =
                Application.named("front")
                        .memory(memoryBytes)
                        .component(
                                "front",
                                seat -> {
                                    Front made = new Front(seat, factory, image);
                                    front = made;
                                    return made;
                                });
        server = start(node, memoryBytes, application);
        simulation.check(this::check);
    }

    private static FrontEnd.Factory factory(
            SimNode node, FrontOptions options, Controller controller) {
        Listener listener = node.network().listen(SERVICE, Security.PLAIN).orThrow();
        return KafkaFrontEnd.factory(listener, options, controller);
    }

    static FrontOptions options() {
        return options(MEMORY_BYTES);
    }

    /// For a server with so much memory.
    static FrontOptions options(int memoryBytes) {
        TreeMap<String, FeatureLevels> features = new TreeMap<>();
        features.put("metadata.version", new FeatureLevels((short) 7, (short) 27));
        features.put("group.version", new FeatureLevels((short) 0, (short) 1));
        FrontOptions.Limits limits =
                new FrontOptions.Limits(1 << 18, 1 << 17, memoryBytes / 2, 1 << 20, 4, 60_000);
        FrontOptions.Sessions sessions = new FrontOptions.Sessions(10, 1 << 20, 120_000);
        TopicPlan offsets = new TopicPlan(50, (short) 1, Map.of("cleanup.policy", "compact"));
        return new FrontOptions(
                Images.LISTENER,
                limits,
                sessions,
                true,
                features,
                Map.of("__consumer_offsets", offsets));
    }

    /// The component in which a front end lives.
    private static final class Front implements Component {
        final FakeBroker broker;
        final FrontEnd end;

        Front(Seat seat, FrontEnd.Factory factory, ClusterImage image) {
            broker = new FakeBroker(seat, image);
            end = factory.open(seat, broker);
        }

        @Override
        public void start() {
            end.start();
        }

        @Override
        public void stop(Promise<Result.Done> done) {
            end.stop(() -> done.complete(Result.Done.DONE));
        }

        @Override
        public void close() {
            end.close();
        }
    }

    private Host start(SimNode node, long bytes, Application application) {
        HostOptions options =
                HostOptions.shards(1).memory(bytes, SLAB_BYTES).reporting(this::report);
        Host host = Host.start(node, options, List.of(application));
        hosts.add(host);
        return host;
    }

    /// Another client.
    RawClient connect() {
        String name = "client" + clients.size();
        int known = clients.size();
        Application application =
                Application.named(name)
                        .memory(1 << 19)
                        .component(
                                "client",
                                seat -> {
                                    RawClient made = new RawClient(seat, SERVICE);
                                    clients.add(made);
                                    return made;
                                });
        Host host = start(machine, 1 << 19, application);
        doors.add(host.outside(RawClient.class, new Report.ComponentId(name, "client", 0)));
        run(() -> clients.size() > known);
        return clients.get(known);
    }

    FakeBroker broker() {
        run(() -> front != null);
        return Objects.requireNonNull(front, "the front end is there").broker;
    }

    /// Lets a client do something, on its shard.
    void let(RawClient client, Consumer<RawClient> act) {
        try {
            CompletableFuture<Boolean> _ =
                    doors.get(clients.indexOf(client))
                            .call(one -> {
                                act.accept(one);
                                return true;
                            });
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /// Sends a request; the number of its reply.
    int send(RawClient client, ApiMessage request, int version) {
        ApiKeys api = ApiKeys.forId(request.apiKey());
        byte[] frame = Frames.request(api, (short) version, nextCorrelationId, request);
        let(client, one -> one.send(frame));
        return nextCorrelationId++;
    }

    /// The reply to a request.
    ByteBuffer ask(RawClient client, ApiMessage request, int version) {
        int before = client.frames().size();
        send(client, request, version);
        run(() -> client.frames().size() > before);
        return client.frames().get(before);
    }

    /// The reply to a request, read by Kafka's class.
    <R extends ApiMessage> R ask(RawClient client, ApiMessage request, int version, R empty) {
        ApiKeys api = ApiKeys.forId(request.apiKey());
        return Frames.response(api, (short) version, ask(client, request, version), empty);
    }

    void run(BooleanSupplier until) {
        simulation.run(until, LIMIT);
    }

    /// The server is to stop in order.
    void requestStop() {
        server.requestStop(10_000);
    }

    /// Stops the server in order.
    void stopServer() {
        requestStop();
        run(server::hasEnded);
    }

    @Override
    public void close() {
        for (Host host : hosts.reversed()) {
            host.requestStop(10_000);
            run(host::hasEnded);
            host.close();
        }
        check();
        simulation.close();
    }

    /// Nothing here fails, leaks or dawdles.
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
    }
}
