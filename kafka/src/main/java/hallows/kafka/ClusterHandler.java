package hallows.kafka;

import org.apache.kafka.common.message.DescribeClusterRequestData;
import org.apache.kafka.common.message.DescribeClusterResponseData;
import org.apache.kafka.common.message.DescribeClusterResponseData.DescribeClusterBroker;
import org.apache.kafka.common.protocol.Errors;

/// Tells which brokers there are.
final class ClusterHandler implements Handler {
    /// What a client may want to hear of: brokers, or the quorum of controllers.
    private static final byte BROKERS = 1;

    private static final byte CONTROLLERS = 2;
    private static final int KIND_VERSION = 1;

    private final Station station;

    ClusterHandler(Station station) {
        this.station = station;
    }

    @Override
    public boolean serve(Incoming request) {
        DescribeClusterRequestData asked = request.read(new DescribeClusterRequestData());
        request.reply(
                switch (asked.endpointType()) {
                    case BROKERS -> brokers(asked);
                    case CONTROLLERS -> mismatched(request.version());
                    default -> unsupported(request.version(), asked.endpointType());
                });
        return true;
    }

    private static DescribeClusterResponseData mismatched(short version) {
        return new DescribeClusterResponseData()
                .setErrorCode(told(version, Errors.MISMATCHED_ENDPOINT_TYPE).code())
                .setErrorMessage(
                        "The request was sent to an endpoint of type BROKER, but we wanted an"
                                + " endpoint of type CONTROLLER");
    }

    private static DescribeClusterResponseData unsupported(short version, int kind) {
        return new DescribeClusterResponseData()
                .setErrorCode(told(version, Errors.UNSUPPORTED_ENDPOINT_TYPE).code())
                .setErrorMessage("Unsupported endpoint type " + kind);
    }

    private static Errors told(short version, Errors error) {
        return version < KIND_VERSION ? Errors.INVALID_REQUEST : error;
    }

    private DescribeClusterResponseData brokers(DescribeClusterRequestData asked) {
        ClusterView view = station.view();
        DescribeClusterResponseData answer =
                new DescribeClusterResponseData()
                        .setClusterId(view.image().clusterId())
                        .setEndpointType(BROKERS);
        view.nodes()
                .filter(node -> !node.broker().fenced() || asked.includeFencedBrokers())
                .forEach(node ->
                        answer.brokers()
                                .add(
                                        new DescribeClusterBroker()
                                                .setBrokerId(node.broker().id())
                                                .setHost(node.place().host())
                                                .setPort(node.place().port())
                                                .setRack(node.broker().rack().orElse(null))
                                                .setIsFenced(node.broker().fenced())));
        int controller = view.anyServing(station.dice()::below);
        answer.setControllerId(answer.brokers().find(controller) == null ? -1 : controller);
        if (asked.includeClusterAuthorizedOperations()) {
            answer.setClusterAuthorizedOperations(Rights.ofCluster());
        }
        return answer;
    }
}
