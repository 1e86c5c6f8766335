package hallows.cluster.kafka;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.raft.KRaftConfigs;
import org.apache.kafka.raft.QuorumConfig;

/// What properties must say for this node to be able to run.
final class NodeRules {
    private static final Set<String> BOTH = Set.of("broker", "controller");

    private NodeRules() {}

    /// What does not hold, in one sentence each.
    static List<String> broken(NodeConfig config, boolean numbered) {
        List<String> broken = new ArrayList<>();
        List<String> roles = config.getList(KRaftConfigs.PROCESS_ROLES_CONFIG);
        if (!Set.copyOf(roles).equals(BOTH)) {
            broken.add(
                    "process.roles is '%s', but a node is broker and controller at once for now: set process.roles=broker,controller"
                            .formatted(String.join(",", roles)));
        }
        if (Voters.areInFile(config)) {
            Map<Integer, InetSocketAddress> voters =
                    QuorumConfig.parseVoterConnections(
                            config.getList(QuorumConfig.QUORUM_VOTERS_CONFIG));
            boolean alone = !numbered || voters.containsKey(config.nodeId());
            if (voters.size() != 1 || !alone) {
                broken.add(
                        "controller.quorum.voters names nodes %s, but a quorum has one voter for now, this node"
                                .formatted(voters.keySet()));
            }
        }
        NodeProperties.controller(config);
        return broken;
    }
}
