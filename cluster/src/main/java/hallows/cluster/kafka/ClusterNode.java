package hallows.cluster.kafka;

import hallows.cluster.BrokerImage.Listener;
import hallows.cluster.Cluster;
import hallows.cluster.ClusterImage;
import hallows.cluster.ClusterObserver;
import hallows.cluster.Controller;
import hallows.cluster.DirectoryId;
import hallows.cluster.FeatureLevels;
import hallows.runtime.Disk;
import hallows.runtime.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.server.BrokerFeatures;

/// One node that is controller and broker in one process: Kafka's quorum, controller, loader and
/// lifecycle, each on threads of its own.
///
/// The controller has no listener yet. What other nodes will ask goes to [#controller()], and what
/// this one will ask them leaves through [NoPeers].
public final class ClusterNode implements Cluster {
    private final Site site;
    private final Ground hold;
    private final ControlPlane plane;

    /// What a node needs.
    ///
    /// @param properties as given
    /// @param disk where its directories are; the real one, since Kafka's classes know no other
    /// @param observer is told of each picture
    /// @param faults is told what goes wrong inside
    public record Options(
            NodeProperties properties, Disk disk, ClusterObserver observer, Faults faults) {}

    private ClusterNode(Site site, Ground hold, ControlPlane plane) {
        this.site = site;
        this.hold = hold;
        this.plane = plane;
    }

    /// Formats directories that are fresh, and starts the control plane: quorum, controller,
    /// loader. Blocks for some hundred milliseconds. A failure says in one sentence what to do;
    /// nothing is running and nothing was harmed then.
    public static Result<ClusterNode> start(Options options) {
        return switch (Ground.prepare(options.properties(), options.disk())) {
            case Result.Failed<Ground>(var fault) -> new Result.Failed<>(fault);
            case Result.Ok<Ground>(Ground ground) -> start(options, ground);
        };
    }

    private static Result<ClusterNode> start(Options options, Ground ground) {
        Result<ControlPlane> started =
                ControlPlane.start(ground.site(), options.observer(), options.faults());
        return switch (started) {
            case Result.Failed<ControlPlane>(var fault) -> {
                ground.release();
                yield new Result.Failed<>(fault);
            }
            case Result.Ok<ControlPlane>(ControlPlane plane) ->
                    new Result.Ok<>(new ClusterNode(ground.site(), ground, plane));
        };
    }

    /// The directories where this broker keeps its logs, as the cluster knows them.
    public SortedMap<Path, DirectoryId> logDirectories() {
        SortedMap<Path, DirectoryId> directories = new TreeMap<>();
        for (String name : site.config().logDirs()) {
            Path path = Path.of(name).toAbsolutePath().normalize();
            directories.put(path, Ids.directory(site.directoryId(path)));
        }
        return directories;
    }

    /// Which features this broker could speak, and in which levels.
    public static SortedMap<String, FeatureLevels> features() {
        SortedMap<String, FeatureLevels> features = new TreeMap<>();
        BrokerFeatures.createDefaultFeatureMap(BrokerFeatures.createDefault(false))
                .forEach((name, range) ->
                        features.put(name, new FeatureLevels(range.min(), range.max())));
        return features;
    }

    /// Registers this broker under the places where it can be reached. Once; [#joined()] tells
    /// when.
    public void join(List<Listener> listeners) {
        plane.join(listeners);
    }

    @Override
    public ClusterImage image() {
        return plane.pictures().current();
    }

    @Override
    public Controller controller() {
        return plane.desk();
    }

    @Override
    public int nodeId() {
        return site.nodeId();
    }

    @Override
    public long brokerEpoch() {
        return plane.membership().epoch();
    }

    @Override
    public CompletableFuture<Void> joined() {
        return plane.membership().joined();
    }

    @Override
    public CompletableFuture<Void> serve() {
        return plane.membership().serve();
    }

    @Override
    public CompletableFuture<Void> leave() {
        return plane.membership().leave();
    }

    @Override
    public void close() {
        plane.close();
        hold.release();
    }
}
