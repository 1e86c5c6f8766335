package hallows.broker;

import hallows.cluster.DirectoryId;
import hallows.cluster.PartitionImage;
import hallows.log.Durability;
import hallows.log.FlushLimits;
import hallows.log.ProducerLimits;
import hallows.log.Validation;
import hallows.log.kafka.Codecs;
import hallows.model.PartitionId;
import hallows.model.TopicId;
import hallows.runtime.Application;
import hallows.runtime.Fault;
import hallows.runtime.Host;
import hallows.runtime.HostOptions;
import hallows.runtime.Report;
import hallows.runtime.Result;
import hallows.runtime.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// One life of a broker: it opens its directories, serves, and perhaps stops in good order.
final class BrokerProcess {
    static final int MEMORY_BYTES = 1 << 20;
    private static final int STOP_MILLIS = 60_000;
    private static final BrokerOptions.Times TIMES = new BrokerOptions.Times(150, 2_000, 40);
    private static final FlushLimits FLUSHES = new FlushLimits(3, 20_000, 60_000);

    private final World world;
    private final Plan plan;
    private final Pictures pictures;
    private long producers;
    private @Nullable Storage storage;
    private @Nullable Host host;
    private @Nullable Fault refused;
    private boolean failed;
    private boolean recovered;
    private @Nullable Result<Result.Done> stopped;

    /// How it lives.
    ///
    /// @param shards on how many cores
    /// @param directories where its logs are
    /// @param durability when a record counts as kept
    /// @param capacity how much is underway at most
    /// @param number of this life
    record Plan(
            int shards,
            Map<Path, DirectoryId> directories,
            Durability durability,
            Capacity capacity,
            int number) {}

    BrokerProcess(World world, Plan plan, SimulatedCluster cluster) {
        this.world = world;
        this.plan = plan;
        this.pictures = cluster.begin();
        this.producers = plan.number * 1_000_000L;
    }

    /// Opens the directories, away from here.
    void open() {
        LogSettings settings =
                new LogSettings(
                        plan.durability, Validation.STRICT, new ProducerLimits(86_400_000, false));
        StorageOpening opening =
                new StorageOpening(
                        new StorageOpening.Site(
                                world.disk(),
                                world.clock(),
                                world.dice("opening"),
                                SimulatedCluster.NODE,
                                settings,
                                this::notice),
                        pictures);
        world.blocking()
                .run(() -> {
                    switch (opening.open(plan.directories, Runnable::run, plan.shards)) {
                        case Result.Ok<Storage>(Storage opened) -> storage = opened;
                        case Result.Failed<Storage>(Fault why) -> refused = why;
                    }
                });
    }

    boolean isOpen() {
        return storage != null;
    }

    /// Why it cannot serve, if it cannot.
    @Nullable Fault refused() {
        return refused;
    }

    /// Whether a log had to be put right when it was opened.
    boolean hasRecovered() {
        return recovered;
    }

    /// Whether somebody has to start it again.
    boolean hasFailed() {
        return failed;
    }

    private static boolean isOfTheDisk(Fault why) {
        return why.kind() == Fault.Kind.IO_ERROR || why.kind() == Fault.Kind.DAMAGED;
    }

    private void notice(Notice notice) {
        switch (notice) {
            case Notice.Offline _ -> failed = true;
            case Notice.Unopened(var _, Fault why) -> failed |= isOfTheDisk(why) || host == null;
            case Notice.Recovered _, Notice.ReadThrough _ -> recovered = true;
            case Notice.Stray _, Notice.Lost _, Notice.Delayed _, Notice.Unreadable _ -> {}
        }
    }

    int shards() {
        return plan.shards;
    }

    /// Serves the clients of each shard.
    void serve(List<List<Door.Client>> clients, Consumer<Report> reports) {
        LogSettings settings =
                new LogSettings(
                        plan.durability, Validation.STRICT, new ProducerLimits(86_400_000, false));
        BrokerOptions options =
                new BrokerOptions(
                        SimulatedCluster.NODE, settings, TIMES, FLUSHES, Codecs::new, this::notice);
        Serving.Parts parts =
                new Serving.Parts(
                        options,
                        storage(),
                        pictures,
                        new Answers(),
                        world.clock(),
                        IntStream.range(0, plan.shards).boxed().toList());
        Application broker =
                Serving.application(
                        parts,
                        plan.capacity,
                        List.of((seat, home) -> new Door(seat, home, clients.get(seat.shard()))));
        host =
                Host.start(
                        world,
                        HostOptions.shards(plan.shards)
                                .memory(MEMORY_BYTES, 1 << 15)
                                .reporting(reports),
                        List.of(broker));
    }

    private Storage storage() {
        if (storage == null) {
            throw new AssertionError("nobody serves before the logs are open");
        }
        return storage;
    }

    void requestStop() {
        if (host != null) {
            host.requestStop(STOP_MILLIS);
        }
    }

    boolean hasEnded() {
        return host != null && host.hasEnded();
    }

    /// When all shards have ended.
    void stopStorage() {
        if (host != null) {
            host.close();
        }
        world.blocking().run(() -> stopped = storage().stop(plan.number));
    }

    boolean hasStopped() {
        return stopped != null;
    }

    @Override
    public String toString() {
        return "%s, stopped %s".formatted(plan, stopped);
    }

    /// Whether it has stopped in good order.
    boolean hasStoppedWell() {
        return stopped instanceof Result.Ok;
    }

    /// What the controller says.
    private final class Answers implements Petitions {
        @Override
        public void producerIds(Consumer<Result<ProducerIds>> then) {
            producers += 3;
            then.accept(new Result.Ok<>(new ProducerIds(producers - 3, 3)));
        }

        @Override
        public void recovered(
                PartitionId partition, PartitionImage image, Consumer<Result<Result.Done>> then) {
            then.accept(Result.DONE);
        }

        @Override
        public void keptIn(DirectoryId directory, TopicId topic, int partition) {
            if (!plan.directories.containsValue(directory)) {
                throw new AssertionError("there is no such directory: " + directory);
            }
        }
    }
}
