package hallows.server;

import hallows.broker.FrontEnd;
import hallows.broker.Pictures;
import hallows.broker.Serving;
import hallows.broker.Storage;
import hallows.broker.StorageOpening;
import hallows.broker.kafka.ControllerPetitions;
import hallows.cluster.ClusterImage;
import hallows.cluster.kafka.ClusterNode;
import hallows.kafka.KafkaFrontEnd;
import hallows.runtime.BrokenInvariant;
import hallows.runtime.Endpoint;
import hallows.runtime.Fault;
import hallows.runtime.Host;
import hallows.runtime.HostOptions;
import hallows.runtime.Result;
import hallows.runtime.os.OsWorld;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/// One node: controller and broker in one process. It is put together part by part, and taken apart
/// in the opposite order, however far it has come.
final class Node implements AutoCloseable {
    /// How long the controller may take to know this broker, and to let it serve.
    private static final long JOIN_MILLIS = 60_000;

    /// How long a stop may take for each of its steps.
    private static final long LEAVE_MILLIS = 5_000;

    private static final long STOP_MILLIS = 10_000;
    private static final int SLAB_BYTES = 1 << 20;

    private final OsWorld world;
    private final NodeSettings settings;
    private final Events events;
    private final Deque<Runnable> undo = new ArrayDeque<>();

    Node(OsWorld world, NodeSettings settings, Events events) {
        this.world = world;
        this.settings = settings;
        this.events = events;
    }

    /// Starts it: ports first, so that nothing is written where somebody else serves. Where clients
    /// come in; a failure says in one sentence what to do. Blocks.
    Result<Endpoint> start() throws InterruptedException {
        return switch (Doors.open(world, settings.properties())) {
            case Result.Failed<Doors>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<Doors>(Doors doors) -> {
                undo.push(doors::close);
                yield join(doors);
            }
        };
    }

    private Result<Endpoint> join(Doors doors) throws InterruptedException {
        Pictures pictures = new Pictures(ClusterImage.unknown(""));
        ClusterNode.Options options =
                new ClusterNode.Options(
                        settings.properties(),
                        world.disk(),
                        new IdleConfigs(pictures, events::say),
                        events::fault);
        return switch (ClusterNode.start(options)) {
            case Result.Failed<ClusterNode>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<ClusterNode>(ClusterNode cluster) -> {
                undo.push(cluster::close);
                cluster.join(doors.advertised());
                yield await(cluster.joined(), "join the cluster")
                                instanceof Result.Failed<?>(Fault fault)
                        ? new Result.Failed<>(fault)
                        : open(doors, cluster, pictures);
            }
        };
    }

    private Result<Endpoint> open(Doors doors, ClusterNode cluster, Pictures pictures)
            throws InterruptedException {
        int shards = settings.shards();
        StorageOpening.Site site =
                new StorageOpening.Site(
                        world.disk(),
                        world.clock(),
                        world.dice("storage"),
                        cluster.nodeId(),
                        settings.logs(),
                        events::notice);
        try (ExecutorService crew = Executors.newVirtualThreadPerTaskExecutor()) {
            Result<Storage> opened =
                    new StorageOpening(site, pictures)
                            .open(cluster.logDirectories(), crew::execute, shards);
            return switch (opened) {
                case Result.Failed<Storage>(Fault fault) -> new Result.Failed<>(fault);
                case Result.Ok<Storage>(Storage storage) -> {
                    undo.push(() -> events.unlessDone("stop", storage.stop(cluster.brokerEpoch())));
                    yield serve(doors, new Inside(cluster, pictures, storage));
                }
            };
        }
    }

    /// What is there when the shards begin.
    private record Inside(ClusterNode cluster, Pictures pictures, Storage storage) {}

    private Result<Endpoint> serve(Doors doors, Inside inside) throws InterruptedException {
        int shards = settings.shards();
        long memory = settings.memoryBytes();
        Serving.Parts parts =
                new Serving.Parts(
                        settings.broker(inside.cluster.nodeId(), events::notice),
                        inside.storage,
                        inside.pictures,
                        new ControllerPetitions(inside.cluster),
                        world.clock(),
                        IntStream.range(0, shards).boxed().toList());
        HostOptions how =
                HostOptions.shards(shards).memory(memory, SLAB_BYTES).reporting(events::report);
        Host host =
                Host.start(
                        world,
                        how,
                        List.of(Serving.application(parts, memory, frontEnds(doors, inside))));
        undo.push(() -> stop(inside.cluster, host));
        return await(inside.cluster.serve(), "be let serve")
                        instanceof Result.Failed<?>(Fault fault)
                ? new Result.Failed<>(fault)
                : new Result.Ok<>(doors.first());
    }

    private List<FrontEnd.Factory> frontEnds(Doors doors, Inside inside) {
        List<FrontEnd.Factory> factories = new ArrayList<>();
        doors.open()
                .forEach((name, listener) ->
                        factories.add(
                                KafkaFrontEnd.factory(
                                        listener,
                                        settings.frontEnd(name),
                                        inside.cluster.controller())));
        return factories;
    }

    private void stop(ClusterNode cluster, Host host) {
        try {
            cluster.leave().get(LEAVE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException notAllowed) {
            // It leaves all the same: nobody else is there to lead.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (host.stop(STOP_MILLIS)) {
            host.close();
        }
    }

    /// Waits, but not for what can no longer come.
    private Result<Result.Done> await(CompletableFuture<Void> done, String what)
            throws InterruptedException {
        try {
            CompletableFuture.anyOf(done, events.over()).get(JOIN_MILLIS, TimeUnit.MILLISECONDS);
            return done.isDone()
                    ? Result.DONE
                    : Result.failed(
                            Fault.Kind.UNREACHABLE,
                            "could not %s: %s".formatted(what, events.over().join()));
        } catch (ExecutionException failed) {
            return Result.failed(
                    Fault.Kind.UNREACHABLE, "could not %s: %s".formatted(what, failed.getCause()));
        } catch (TimeoutException late) {
            return Result.failed(
                    Fault.Kind.UNREACHABLE,
                    "could not %s within %d s".formatted(what, JOIN_MILLIS / 1000));
        }
    }

    /// Stops what was started. What cannot be stopped keeps nothing else from it. Blocks.
    @Override
    public void close() {
        while (!undo.isEmpty()) {
            try {
                undo.pop().run();
            } catch (RuntimeException | BrokenInvariant broken) {
                events.unlessDone(
                        "a step of the stop",
                        Result.failed(Fault.Kind.IO_ERROR, broken.toString()));
            }
        }
    }
}
