package hallows.kafka;

import hallows.cluster.BrokerImage;
import hallows.cluster.ClusterImage;
import hallows.cluster.Configs;
import hallows.cluster.NodeIds;
import hallows.cluster.PartitionImage;
import hallows.cluster.TopicImage;
import hallows.cluster.Topics;
import hallows.model.PartitionId;
import hallows.model.TopicId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Pictures of clusters, made by hand.
final class Images {
    static final String LISTENER = "PLAINTEXT";

    /// A topic with three partitions that broker 1 leads in epoch 5.
    static final TopicImage APPLES = topic("apples", 7, 3, 1);

    /// A topic with two partitions that broker 2 leads.
    static final TopicImage PEARS = topic("pears", 8, 2, 2);

    private Images() {}

    /// Two brokers that serve and one that is fenced; apples and pears.
    static ClusterImage orchard() {
        return of(
                List.of(broker(1, LISTENER), broker(2, LISTENER), fenced(3)),
                List.of(APPLES, PEARS));
    }

    static ClusterImage of(List<BrokerImage> brokers, Collection<TopicImage> topics) {
        TreeMap<Integer, BrokerImage> byId = new TreeMap<>();
        brokers.forEach(broker -> byId.put(broker.id(), broker));
        return new ClusterImage(
                "orchard",
                42,
                OptionalInt.of(1),
                byId,
                Topics.NONE.with(List.of(), topics),
                Configs.NONE.withTopicDefaults(Map.of("compression.type", "producer")),
                new TreeMap<>(Map.of("metadata.version", (short) 27, "off", (short) 0)));
    }

    static BrokerImage broker(int id, String listener) {
        return new BrokerImage(
                id, 1, false, false, Optional.of("rack" + id), listeners(id, listener), List.of());
    }

    static BrokerImage fenced(int id) {
        return new BrokerImage(
                id, 1, true, false, Optional.empty(), listeners(id, LISTENER), List.of());
    }

    private static List<BrokerImage.Listener> listeners(int id, String name) {
        return List.of(new BrokerImage.Listener(name, "PLAINTEXT", "host" + id, 9000 + id));
    }

    static TopicImage topic(String name, long id, int partitions, int leader) {
        return new TopicImage(
                new TopicId(1, id),
                name,
                IntStream.range(0, partitions).mapToObj(one -> partition(one, leader)).toList());
    }

    static PartitionImage partition(int index, int leader) {
        NodeIds replicas = NodeIds.of(leader, 3);
        NodeIds isr = NodeIds.of(leader);
        NodeIds none = NodeIds.NONE;
        return new PartitionImage(
                index, leader, 5, 9, false, replicas, List.of(), isr, none, none, none, none);
    }

    static PartitionId partition(TopicImage topic, int index) {
        return new PartitionId(topic.id(), index);
    }
}
