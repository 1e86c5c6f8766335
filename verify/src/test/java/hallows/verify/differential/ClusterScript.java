package hallows.verify.differential;

import org.apache.kafka.common.message.DescribeClusterRequestData;
import org.apache.kafka.common.protocol.ApiKeys;

/// DescribeCluster: its brokers, and what it says when its controllers are asked for.
final class ClusterScript {
    private static final ApiKeys API = ApiKeys.DESCRIBE_CLUSTER;

    private ClusterScript() {}

    static void play(Player on) {
        on.everyVersion(API, "brokers", _ -> new DescribeClusterRequestData());
        on.everyVersion(
                API,
                "what I may do",
                _ -> new DescribeClusterRequestData().setIncludeClusterAuthorizedOperations(true));
        for (int version = 1; version <= Player.highest(API); version++) {
            for (int type : new int[] {0, 2, 3}) {
                on.ask(
                        "endpoints of type " + type,
                        version,
                        new DescribeClusterRequestData().setEndpointType((byte) type));
            }
        }
        on.ask(
                "fenced ones too",
                2,
                new DescribeClusterRequestData().setIncludeFencedBrokers(true));
    }
}
