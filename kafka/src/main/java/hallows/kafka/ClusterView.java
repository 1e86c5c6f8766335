package hallows.kafka;

import hallows.cluster.BrokerImage;
import hallows.cluster.ClusterImage;
import hallows.cluster.NodeIds;
import hallows.cluster.PartitionImage;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.protocol.Errors;

/// A picture of the cluster as it is seen through one listener.
///
/// @param image the picture
/// @param listener what the listener is called
record ClusterView(ClusterImage image, String listener) {
    /// A broker, and where it is reached here.
    ///
    /// @param broker which
    /// @param place where
    record Node(BrokerImage broker, BrokerImage.Listener place) {}

    /// The brokers that can be reached here, fenced or not, by their number.
    Stream<Node> nodes() {
        return image.brokers().values().stream()
                .flatMap(broker ->
                        broker.listener(listener).map(place -> new Node(broker, place)).stream());
    }

    /// Those of them that may serve.
    Stream<Node> serving() {
        return nodes().filter(node -> !node.broker().fenced());
    }

    /// Some broker that may serve, or -1: whom clients take for the controller, since any broker
    /// brings a request there.
    int anyServing(IntUnaryOperator below) {
        List<BrokerImage> serving =
                image.brokers().values().stream().filter(broker -> !broker.fenced()).toList();
        return serving.isEmpty() ? -1 : serving.get(below.applyAsInt(serving.size())).id();
    }

    /// Whether a broker can be reached here and may serve.
    boolean isServing(int id) {
        return image.isServing(id) && reaches(id);
    }

    /// Who leads a partition and can be reached here.
    Optional<Integer> leader(PartitionImage partition) {
        return Optional.of(partition.leader()).filter(this::reaches);
    }

    private boolean reaches(int id) {
        BrokerImage broker = image.brokers().get(id);
        return broker != null && broker.listener(listener).isPresent();
    }

    /// The replicas that nobody can reach here.
    List<Integer> offline(PartitionImage partition) {
        NodeIds offline = image.offlineReplicas(partition);
        return partition.replicas().stream()
                .filter(id -> offline.contains(id) || !reaches(id))
                .boxed()
                .toList();
    }

    /// What a client is told of a topic that is not there.
    static Errors unknownTopic(String name) {
        return isValidName(name)
                ? Errors.UNKNOWN_TOPIC_OR_PARTITION
                : Errors.INVALID_TOPIC_EXCEPTION;
    }

    /// Whether a topic may be called so.
    static boolean isValidName(String name) {
        try {
            Topic.validate(name);
            return true;
        } catch (InvalidTopicException invalid) {
            return false;
        }
    }

    static List<Integer> list(NodeIds nodes) {
        return nodes.stream().boxed().toList();
    }
}
