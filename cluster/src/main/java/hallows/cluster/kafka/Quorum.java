package hallows.cluster.kafka;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.MetadataRecordSerde;
import org.apache.kafka.raft.ElectionState;
import org.apache.kafka.raft.Endpoints;
import org.apache.kafka.raft.FileQuorumStateStore;
import org.apache.kafka.raft.KafkaRaftClient;
import org.apache.kafka.raft.KafkaRaftClientDriver;
import org.apache.kafka.raft.LeaderAndEpoch;
import org.apache.kafka.raft.MetadataLogConfig;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.raft.RaftMessage;
import org.apache.kafka.raft.RaftRequest;
import org.apache.kafka.raft.TimingWheelExpirationService;
import org.apache.kafka.raft.internals.KafkaRaftLog;
import org.apache.kafka.server.common.ApiMessageAndVersion;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.util.KafkaScheduler;
import org.apache.kafka.server.util.timer.SystemTimer;

/// The quorum that keeps the log of metadata: Kafka's raft client on a thread of its own, which
/// writes and flushes and is therefore never a shard.
final class Quorum {
    static final String DIRECTORY = Topic.CLUSTER_METADATA_TOPIC_NAME + "-0";

    private final KafkaScheduler scheduler = new KafkaScheduler(1, true, "hallows-raft-scheduler-");
    private final Metrics metrics = new Metrics();
    private final KafkaRaftLog log;
    private final SystemTimer timer;
    private final TimingWheelExpirationService expiration;
    private final KafkaRaftClient<ApiMessageAndVersion> client;
    private final KafkaRaftClientDriver<ApiMessageAndVersion> driver;
    private boolean alone;

    private Quorum(Site site, File directory, Faults faults) throws IOException {
        scheduler.startup();
        log =
                KafkaRaftLog.createLog(
                        Topic.CLUSTER_METADATA_TOPIC_PARTITION,
                        Uuid.METADATA_TOPIC_ID,
                        directory,
                        Time.SYSTEM,
                        scheduler,
                        new MetadataLogConfig(site.config()),
                        site.nodeId());
        // Threads that keep a process alive: not before the log is open.
        timer = new SystemTimer("hallows-raft");
        expiration = new TimingWheelExpirationService(timer);
        LogContext context = new LogContext("[raft " + site.nodeId() + "] ");
        client = client(site, context);
        driver = new KafkaRaftClientDriver<>(client, "hallows-raft", faults.handler(true), context);
    }

    private KafkaRaftClient<ApiMessageAndVersion> client(Site site, LogContext context) {
        ListenerName listener = site.config().controllerListener();
        return new KafkaRaftClient<>(
                OptionalInt.of(site.nodeId()),
                site.metadataDirectoryId(),
                new MetadataRecordSerde(),
                new NoPeers(listener),
                log,
                Time.SYSTEM,
                expiration,
                context,
                true,
                site.clusterId(),
                List.of(site.controller()),
                Endpoints.fromInetSocketAddresses(Map.of(listener, site.controller())),
                Feature.KRAFT_VERSION.supportedVersionRange(),
                new QuorumConfig(site.config()));
    }

    /// Opens the log, reads it through and, where this node is the only voter, leads. Does not run
    /// yet.
    static Quorum open(Site site, Map<Integer, InetSocketAddress> voters, Faults faults)
            throws Exception {
        File directory = site.metadataDirectory().resolve(DIRECTORY).toFile();
        Quorum quorum = new Quorum(site, directory, faults);
        try {
            quorum.begin(site.nodeId(), voters, directory);
            return quorum;
        } catch (Exception failed) {
            quorum.stop();
            throw failed;
        }
    }

    private void begin(int nodeId, Map<Integer, InetSocketAddress> voters, File directory) {
        FileQuorumStateStore state =
                new FileQuorumStateStore(
                        new File(directory, FileQuorumStateStore.DEFAULT_FILE_NAME));
        int epochBefore = state.readElectionState().map(ElectionState::epoch).orElse(0);
        client.initialize(voters, state, metrics, _ -> {});
        LeaderAndEpoch leader = client.leaderAndEpoch();
        // Who is the only voter elects itself at once; anybody else remembers a leader at most.
        alone = leader.isLeader(nodeId) && leader.epoch() > epochBefore;
    }

    /// Whether this node leads as soon as it runs, since nobody else votes.
    boolean isAlone() {
        return alone;
    }

    void start() {
        driver.start();
    }

    KafkaRaftClient<ApiMessageAndVersion> client() {
        return client;
    }

    /// Brings a request of the raft protocol to the quorum.
    CompletableFuture<ApiMessage> ask(ApiMessage request, short version) {
        RaftRequest.Inbound inbound =
                new RaftRequest.Inbound(
                        NodeProperties.CONTROLLER_LISTENER,
                        0,
                        version,
                        request,
                        Time.SYSTEM.milliseconds());
        client.handle(inbound);
        return inbound.completion.thenApply(RaftMessage::data);
    }

    void stop() throws Exception {
        try {
            expiration.shutdown();
            timer.close();
            driver.shutdown();
            scheduler.shutdown();
        } finally {
            log.close();
            metrics.close();
        }
    }
}
