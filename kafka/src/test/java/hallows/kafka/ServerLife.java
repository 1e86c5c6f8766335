package hallows.kafka;

import hallows.broker.BrokerOptions;
import hallows.broker.LogSettings;
import hallows.broker.Notice;
import hallows.broker.Petitions;
import hallows.broker.Pictures;
import hallows.broker.Serving;
import hallows.broker.Storage;
import hallows.broker.StorageOpening;
import hallows.cluster.ClusterImage;
import hallows.cluster.DirectoryId;
import hallows.cluster.PartitionImage;
import hallows.log.FlushLimits;
import hallows.log.kafka.Codecs;
import hallows.model.PartitionId;
import hallows.model.TopicId;
import hallows.runtime.Fault;
import hallows.runtime.Host;
import hallows.runtime.HostOptions;
import hallows.runtime.Listener;
import hallows.runtime.Report;
import hallows.runtime.Result;
import hallows.runtime.Security;
import hallows.runtime.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// One process of the server: it opens its directories, serves, and perhaps stops in good order.
final class ServerLife {
    private static final int MEMORY_BYTES = 5 << 16;
    private static final int SLAB_BYTES = 1 << 13;
    private static final int STOP_MILLIS = 60_000;
    private static final int NODE = 1;
    private static final LogSettings SETTINGS = LogSettings.USUAL;
    private static final BrokerOptions.Times TIMES = new BrokerOptions.Times(150, 2_000, 40);
    private static final FlushLimits FLUSHES = new FlushLimits(3, 20_000, 60_000);

    private final World world;
    private final Setup setup;
    private final Pictures pictures;
    private @Nullable Storage storage;
    private @Nullable Host host;
    private @Nullable Result<Result.Done> stopped;
    private boolean failed;
    private boolean refused;

    /// What it is given.
    ///
    /// @param shards on how many cores it runs
    /// @param directories where its logs are
    /// @param image all that there is
    /// @param options of its front end
    /// @param reports is told what must not be
    record Setup(
            int shards,
            Map<Path, DirectoryId> directories,
            ClusterImage image,
            FrontOptions options,
            Consumer<Report> reports) {}

    ServerLife(World world, Setup setup) {
        this.world = world;
        this.setup = setup;
        this.pictures = new Pictures(setup.image);
    }

    /// Opens the directories, away from here.
    void open() {
        StorageOpening.Site site =
                new StorageOpening.Site(
                        world.disk(),
                        world.clock(),
                        world.dice("opening"),
                        NODE,
                        SETTINGS,
                        this::notice);
        StorageOpening opening = new StorageOpening(site, pictures);
        world.blocking()
                .run(() -> {
                    Result<Storage> opened =
                            opening.open(setup.directories, Runnable::run, setup.shards);
                    refused = opened instanceof Result.Failed;
                    storage = opened instanceof Result.Ok<Storage>(Storage there) ? there : null;
                });
    }

    /// Whether the directories are open, or cannot be.
    boolean hasOpened() {
        return storage != null || refused;
    }

    /// Whether somebody has to start it again.
    boolean hasFailed() {
        return failed || refused;
    }

    private void notice(Notice notice) {
        failed |=
                switch (notice) {
                    case Notice.Offline _ -> true;
                    case Notice.Unopened(var _, Fault why) ->
                            host == null
                                    || why.kind() == Fault.Kind.IO_ERROR
                                    || why.kind() == Fault.Kind.DAMAGED;
                    case Notice.Recovered _,
                            Notice.ReadThrough _,
                            Notice.Lost _,
                            Notice.Unreadable _,
                            Notice.Stray _,
                            Notice.Delayed _ ->
                            false;
                };
    }

    /// Serves whoever comes.
    void serve() {
        Listener listener = world.network().listen(Service.ENDPOINT, Security.PLAIN).orThrow();
        BrokerOptions options =
                new BrokerOptions(NODE, SETTINGS, TIMES, FLUSHES, Codecs::new, this::notice);
        Serving.Parts parts =
                new Serving.Parts(
                        options,
                        storage(),
                        pictures,
                        new Nobody(),
                        world.clock(),
                        IntStream.range(0, setup.shards).boxed().toList());
        var front = KafkaFrontEnd.factory(listener, setup.options, ProduceTest.NO_CONTROLLER);
        HostOptions hosting =
                HostOptions.shards(setup.shards)
                        .memory(MEMORY_BYTES, SLAB_BYTES)
                        .reporting(setup.reports);
        host =
                Host.start(
                        world,
                        hosting,
                        List.of(Serving.application(parts, MEMORY_BYTES, List.of(front))));
    }

    private Storage storage() {
        Storage open = storage;
        if (open == null) {
            throw new AssertionError("the directories are not open");
        }
        return open;
    }

    private Host host() {
        Host serving = host;
        if (serving == null) {
            throw new AssertionError("nobody serves yet");
        }
        return serving;
    }

    void requestStop() {
        host().requestStop(STOP_MILLIS);
    }

    boolean hasEnded() {
        return host().hasEnded();
    }

    /// Leaves the directories as after a stop in good order, once it has ended.
    void leave() {
        host().close();
        world.blocking().run(() -> stopped = storage().stop(1));
    }

    boolean hasLeft() {
        return stopped != null;
    }

    boolean hasLeftWell() {
        return stopped instanceof Result.Ok;
    }

    @Override
    public String toString() {
        return "%d shards, failed %s, refused %s, stopped %s"
                .formatted(setup.shards, failed, refused, stopped);
    }

    /// Nothing is asked of the controller.
    private static final class Nobody implements Petitions {
        @Override
        public void producerIds(Consumer<Result<ProducerIds>> then) {
            throw new AssertionError("nobody needs numbers");
        }

        @Override
        public void recovered(
                PartitionId partition, PartitionImage image, Consumer<Result<Result.Done>> then) {
            throw new AssertionError("nothing was elected");
        }

        @Override
        public void keptIn(DirectoryId directory, TopicId topic, int partition) {}
    }
}
