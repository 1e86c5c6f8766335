package hallows.cluster.kafka;

import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.raft.NetworkChannel;
import org.apache.kafka.raft.RaftRequest;

/// The network of a quorum of one, which has nobody to talk to. The place of a channel to other
/// controllers.
///
/// @param listenerName what the listeners of the controllers are called
record NoPeers(ListenerName listenerName) implements NetworkChannel {
    @Override
    public int newCorrelationId() {
        return 0;
    }

    @Override
    public void close() {}

    @Override
    public void send(RaftRequest.Outbound request) {
        // As if it were lost on the way: the quorum asks again until it finds out.
    }
}
