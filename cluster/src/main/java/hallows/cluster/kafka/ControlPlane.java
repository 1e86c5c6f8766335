package hallows.cluster.kafka;

import hallows.cluster.BrokerImage;
import hallows.cluster.BrokerImage.Listener;
import hallows.cluster.ClusterObserver;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.ClientResponse;
import org.apache.kafka.common.message.UnregisterBrokerRequestData;
import org.apache.kafka.common.requests.UnregisterBrokerRequest;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.controller.QuorumController;
import org.apache.kafka.image.loader.MetadataLoader;
import org.apache.kafka.image.publisher.SnapshotEmitter;
import org.apache.kafka.image.publisher.SnapshotGenerator;
import org.apache.kafka.image.publisher.metrics.SnapshotEmitterMetrics;
import org.apache.kafka.raft.MetadataLogConfig;
import org.apache.kafka.server.common.ControllerRequestCompletionHandler;
import org.apache.kafka.server.config.DefaultSupportedConfigChecker;
import org.apache.kafka.server.util.KafkaScheduler;
import org.jspecify.annotations.Nullable;

/// All that runs: the quorum writes the log, the loader reads it into pictures, the generator makes
/// snapshots of it, the controller decides what is written, the membership speaks for the broker.
final class ControlPlane implements AutoCloseable {
    private static final long CHANNEL_TIMEOUT_MILLIS = 60_000;

    private final Site site;
    private final Faults faults;
    private final Closing closing;
    private final KafkaScheduler scheduler =
            new KafkaScheduler(1, true, "hallows-controller-channel-");
    private final AtomicReference<@Nullable String> snapshotsDisabled = new AtomicReference<>(null);
    private final MetadataLoader loader;
    private final Pictures pictures;
    private final Desk desk;
    private final Membership membership;

    private ControlPlane(Site site, Quorum quorum, ClusterObserver observer, Faults faults)
            throws Exception {
        this.site = site;
        this.faults = faults;
        this.closing = new Closing(faults);
        TopicDefaults defaults = new TopicDefaults(site.config(), site.nodeId());
        pictures = new Pictures(site, defaults, observer);
        loader = loader(quorum);
        SnapshotGenerator generator = generator(quorum);
        QuorumController controller;
        try {
            // On its own thread it writes its first record while the controller is put together.
            quorum.start();
            loader.installPublishers(List.of(generator, pictures)).get();
            quorum.client().register(loader);
            controller = new ControllerBuilding(site, defaults, faults).build(quorum);
        } catch (Exception failed) {
            closeInOrder(null, null, quorum, generator);
            closing.closeAll();
            throw failed;
        }
        desk = new Desk(controller, quorum, site.config());
        membership = new Membership(site, () -> faults.tell("a log directory is lost", null, true));
        scheduler.startup();
        closeInOrder(membership, controller, quorum, generator);
    }

    /// First nobody speaks for the broker any more, then nobody writes, then nobody reads.
    private void closeInOrder(
            @Nullable Membership first,
            @Nullable QuorumController controller,
            Quorum quorum,
            SnapshotGenerator generator) {
        if (first != null) {
            closing.last("the membership", first::stop);
        }
        closing.last("the channel to the controller", scheduler::shutdown);
        closing.last("the quorum", quorum::stop);
        if (controller != null) {
            closing.last("the controller", controller::close);
        }
        closing.last("the loader", loader::close);
        closing.last("the generator of snapshots", generator::close);
    }

    static Result<ControlPlane> start(Site site, ClusterObserver observer, Faults faults) {
        try {
            Quorum quorum = Quorum.open(site, Voters.outsideLog(site), faults);
            if (!quorum.isAlone()) {
                quorum.stop();
                return Result.failed(
                        Fault.Kind.FORBIDDEN,
                        "the metadata in %1$s was not written by node %2$d alone, and one node is all there can be for now: if node.id or directory.id was changed in %1$s/meta.properties, put back what was there"
                                .formatted(site.metadataDirectory(), site.nodeId()));
            }
            return new Result.Ok<>(new ControlPlane(site, quorum, observer, faults));
        } catch (Exception failed) {
            return Result.failed(
                    Fault.Kind.IO_ERROR,
                    "the control plane cannot start in %s: %s"
                            .formatted(site.metadataDirectory(), failed));
        }
    }

    private MetadataLoader loader(Quorum quorum) {
        return new MetadataLoader.Builder()
                .setNodeId(site.nodeId())
                .setTime(Time.SYSTEM)
                .setThreadNamePrefix("hallows-")
                .setFaultHandler((what, cause) -> {
                    // A wrong picture must not become a snapshot.
                    snapshotsDisabled.compareAndSet(null, what);
                    return faults.handler(true).handleFault(what, cause);
                })
                .setHighWaterMarkAccessor(quorum.client()::highWatermark)
                .setSupportedConfigChecker(new DefaultSupportedConfigChecker())
                .build();
    }

    private SnapshotGenerator generator(Quorum quorum) {
        SnapshotEmitter emitter =
                new SnapshotEmitter.Builder()
                        .setNodeId(site.nodeId())
                        .setTime(Time.SYSTEM)
                        .setRaftClient(quorum.client())
                        .setMetrics(new SnapshotEmitterMetrics(Optional.empty(), Time.SYSTEM))
                        .build();
        NodeConfig config = site.config();
        return new SnapshotGenerator.Builder(emitter)
                .setNodeId(site.nodeId())
                .setTime(Time.SYSTEM)
                .setFaultHandler(faults.handler(false))
                .setMaxBytesSinceLastSnapshot(
                        config.getLong(
                                MetadataLogConfig.METADATA_SNAPSHOT_MAX_NEW_RECORD_BYTES_CONFIG))
                .setMaxTimeSinceLastSnapshotNs(
                        TimeUnit.MILLISECONDS.toNanos(
                                config.getLong(
                                        MetadataLogConfig
                                                .METADATA_SNAPSHOT_MAX_INTERVAL_MS_CONFIG)))
                .setDisabledReason(snapshotsDisabled)
                .setThreadNamePrefix("hallows-")
                .build();
    }

    /// Registers the broker once there is a picture, which a controller must have made.
    void join(List<Listener> listeners) {
        LocalChannel channel = new LocalChannel(desk, scheduler, CHANNEL_TIMEOUT_MILLIS);
        Runnable registration = membership.join(channel, listeners, loader::lastAppliedOffset);
        var _ = pictures.first().thenCompose(_ -> buried(channel)).thenRun(registration);
    }

    /// Takes away the registration of a life of this broker that was killed. The controller would
    /// believe in that life, and refuse this one, until its session is over. But its quorum is in
    /// this process, which holds the directory: nobody else is this broker.
    ///
    /// The first picture may be there before somebody leads: the channel asks until somebody does.
    private CompletableFuture<Void> buried(LocalChannel channel) {
        BrokerImage before = pictures.current().brokers().get(site.nodeId());
        CompletableFuture<Void> buried = new CompletableFuture<>();
        if (before == null || before.fenced() || membership.follows(before.epoch())) {
            buried.complete(null);
        } else {
            channel.sendRequest(
                    new UnregisterBrokerRequest.Builder(
                            new UnregisterBrokerRequestData().setBrokerId(site.nodeId())),
                    new Told(buried));
        }
        return buried;
    }

    /// Completes a promise with any answer: who registers then is told what is wrong.
    private record Told(CompletableFuture<Void> promise)
            implements ControllerRequestCompletionHandler {
        @Override
        public void onTimeout() {
            promise.complete(null);
        }

        @Override
        public void onComplete(ClientResponse response) {
            promise.complete(null);
        }
    }

    Pictures pictures() {
        return pictures;
    }

    Desk desk() {
        return desk;
    }

    Membership membership() {
        return membership;
    }

    @Override
    public void close() {
        closing.closeAll();
    }
}
