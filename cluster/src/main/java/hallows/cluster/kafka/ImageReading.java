package hallows.cluster.kafka;

import hallows.cluster.BrokerImage;
import hallows.cluster.ConfigOwner;
import hallows.cluster.NodeIds;
import hallows.cluster.PartitionImage;
import hallows.cluster.TopicImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.Endpoint;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.metadata.BrokerRegistration;
import org.apache.kafka.metadata.LeaderRecoveryState;
import org.apache.kafka.metadata.PartitionRegistration;

/// Reads the parts of Kafka's picture into ours.
final class ImageReading {
    private ImageReading() {}

    /// A new topic.
    static TopicImage topic(org.apache.kafka.image.TopicImage topic) {
        List<PartitionImage> partitions = new ArrayList<>(topic.partitions().size());
        new TreeMap<>(topic.partitions())
                .forEach((index, partition) -> partitions.add(partition(index, partition)));
        return new TopicImage(Ids.topic(topic.id()), topic.name(), partitions);
    }

    static PartitionImage partition(int index, PartitionRegistration partition) {
        NodeIds replicas = NodeIds.of(partition.replicas);
        return new PartitionImage(
                index,
                partition.leader,
                partition.leaderEpoch,
                partition.partitionEpoch,
                partition.leaderRecoveryState == LeaderRecoveryState.RECOVERING,
                replicas,
                Arrays.stream(partition.directories).map(Ids::directory).toList(),
                Arrays.equals(partition.isr, partition.replicas)
                        ? replicas
                        : NodeIds.of(partition.isr),
                NodeIds.of(partition.elr),
                NodeIds.of(partition.lastKnownElr),
                NodeIds.of(partition.addingReplicas),
                NodeIds.of(partition.removingReplicas));
    }

    static SortedMap<Integer, BrokerImage> brokers(Map<Integer, BrokerRegistration> brokers) {
        SortedMap<Integer, BrokerImage> images = new TreeMap<>();
        brokers.forEach((id, broker) -> images.put(id, broker(broker)));
        return images;
    }

    private static BrokerImage broker(BrokerRegistration broker) {
        return new BrokerImage(
                broker.id(),
                broker.epoch(),
                broker.fenced(),
                broker.inControlledShutdown(),
                broker.rack(),
                new TreeMap<>(broker.listeners())
                        .values().stream().map(ImageReading::listener).toList(),
                broker.directories().stream().map(Ids::directory).toList());
    }

    private static BrokerImage.Listener listener(Endpoint endpoint) {
        return new BrokerImage.Listener(
                endpoint.listener(),
                endpoint.securityProtocol().name,
                endpoint.host(),
                endpoint.port());
    }

    /// Whose configuration it is; empty for what is not kept in the cluster.
    static Optional<ConfigOwner> owner(ConfigResource resource) {
        return kind(resource.type()).map(kind -> new ConfigOwner(kind, resource.name()));
    }

    private static Optional<ConfigOwner.Kind> kind(ConfigResource.Type type) {
        return switch (type) {
            case TOPIC -> Optional.of(ConfigOwner.Kind.TOPIC);
            case BROKER -> Optional.of(ConfigOwner.Kind.BROKER);
            case GROUP -> Optional.of(ConfigOwner.Kind.GROUP);
            case CLIENT_METRICS -> Optional.of(ConfigOwner.Kind.CLIENT_METRICS);
            case BROKER_LOGGER, UNKNOWN -> Optional.empty();
        };
    }
}
