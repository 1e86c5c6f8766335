package hallows.cluster;

import java.util.concurrent.CompletableFuture;

/// This node's place in a cluster. All of it lives on threads of the control plane, never on a
/// shard, and may be called from anywhere.
public interface Cluster extends AutoCloseable {
    /// The latest picture.
    ClusterImage image();

    /// The way to the controller.
    Controller controller();

    /// The number of this node.
    int nodeId();

    /// The epoch of this broker's registration; -1 before.
    long brokerEpoch();

    /// Done once this broker is registered and its picture has caught up with the quorum: logs can
    /// be opened and led. Fails when nobody registers it in time.
    CompletableFuture<Void> joined();

    /// This broker can serve: asks that it be no longer fenced. Done when that is so; its leaders
    /// are elected with it.
    CompletableFuture<Void> serve();

    /// This broker wants to go: asks that others lead what it leads. Done when it may stop, or when
    /// it never served.
    CompletableFuture<Void> leave();

    /// Stops all threads; what is in the quorum's log stays. Blocks.
    @Override
    void close();
}
