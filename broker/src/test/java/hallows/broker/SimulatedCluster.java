package hallows.broker;

import hallows.cluster.ClusterDelta;
import hallows.cluster.ClusterImage;
import hallows.cluster.ConfigOwner;
import hallows.cluster.Configs;
import hallows.cluster.DirectoryId;
import hallows.cluster.NodeIds;
import hallows.cluster.PartitionImage;
import hallows.cluster.TopicImage;
import hallows.model.PartitionId;
import hallows.model.TopicId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.storage.internals.log.LogConfig;

/// A cluster as a test wants it, with one broker that matters. Whatever is changed is a new picture
/// at once.
final class SimulatedCluster {
    static final int NODE = 1;
    static final int OTHER = 2;

    private ClusterImage image;
    private Pictures pictures;
    private long topics;

    /// @param defaults what holds for topics, beside Kafka's defaults
    SimulatedCluster(Map<String, String> defaults) {
        Map<String, String> all = kafkasDefaults();
        all.putAll(defaults);
        ClusterImage empty = ClusterImage.unknown("cluster");
        image = with(empty.topics(), Configs.NONE.withTopicDefaults(all), empty);
        pictures = new Pictures(image);
    }

    /// What Kafka takes where nothing is said.
    static Map<String, String> kafkasDefaults() {
        Map<String, String> all = new TreeMap<>();
        for (ConfigDef.ConfigKey key : LogConfig.configDefCopy().configKeys().values()) {
            if (key.hasDefault()) {
                all.put(key.name, ConfigDef.convertToString(key.defaultValue, key.type));
            }
        }
        return all;
    }

    private static ClusterImage with(
            hallows.cluster.Topics topics, Configs configs, ClusterImage before) {
        return new ClusterImage(
                before.clusterId(),
                before.offset() + 1,
                before.controller(),
                before.brokers(),
                topics,
                configs,
                before.features());
    }

    ClusterImage image() {
        return image;
    }

    /// The pictures for a process that begins now.
    Pictures begin() {
        pictures = new Pictures(image);
        return pictures;
    }

    Optional<TopicImage> topic(String name) {
        return image.topics().named(name);
    }

    /// In which epoch a partition is led, if it is there.
    OptionalInt leaderEpoch(PartitionId id) {
        return image.topics()
                .partition(id)
                .map(one -> OptionalInt.of(one.leaderEpoch()))
                .orElseGet(OptionalInt::empty);
    }

    /// An id that no topic had; the topic is made by [#create].
    TopicId nextId() {
        topics++;
        return new TopicId(0x1234_5678_9abcL * topics, topics);
    }

    void create(TopicImage topic) {
        put(List.of(), topic, topic.partitions());
    }

    /// One that this broker leads.
    static TopicImage topic(String name, TopicId id, int partitions) {
        List<PartitionImage> made =
                IntStream.range(0, partitions)
                        .mapToObj(index -> partition(index, NodeIds.of(NODE)))
                        .toList();
        return new TopicImage(id, name, made);
    }

    /// One of a new topic.
    static PartitionImage partition(int index, NodeIds replicas) {
        return new PartitionImage(
                index,
                NODE,
                0,
                0,
                false,
                replicas,
                replicas.stream().mapToObj(_ -> DirectoryId.UNASSIGNED).toList(),
                replicas,
                NodeIds.NONE,
                NodeIds.NONE,
                NodeIds.NONE,
                NodeIds.NONE);
    }

    /// Deletes it, and in the same moment perhaps makes another one of its name.
    void delete(TopicImage gone, Optional<TopicImage> next) {
        publish(
                with(
                        image.topics().with(List.of(gone), next.stream().toList()),
                        image.configs(),
                        image),
                new ClusterDelta(
                        next.stream().toList(),
                        List.of(gone),
                        next.stream().flatMap(SimulatedCluster::deltas).toList(),
                        Set.of(),
                        Set.of(),
                        false,
                        false));
    }

    private static java.util.stream.Stream<ClusterDelta.PartitionDelta> deltas(TopicImage topic) {
        return topic.partitions().stream()
                .map(each -> new ClusterDelta.PartitionDelta(topic, Optional.empty(), each));
    }

    /// The leader of all its partitions in the next epoch.
    void lead(TopicImage topic, int leader) {
        change(
                topic,
                each ->
                        new PartitionImage(
                                each.index(),
                                leader,
                                each.leaderEpoch() + 1,
                                each.partitionEpoch() + 1,
                                false,
                                each.replicas(),
                                each.directories(),
                                each.isr(),
                                each.eligible(),
                                each.lastKnownEligible(),
                                each.adding(),
                                each.removing()));
    }

    /// Who is in sync with all its partitions, and where this broker has them.
    void replicas(TopicImage topic, NodeIds replicas, NodeIds isr) {
        change(
                topic,
                each ->
                        new PartitionImage(
                                each.index(),
                                each.leader(),
                                each.leaderEpoch(),
                                each.partitionEpoch() + 1,
                                false,
                                replicas,
                                replicas.stream().mapToObj(_ -> DirectoryId.UNASSIGNED).toList(),
                                isr,
                                each.eligible(),
                                each.lastKnownEligible(),
                                each.adding(),
                                each.removing()));
    }

    private void change(TopicImage topic, UnaryOperator<PartitionImage> how) {
        List<PartitionImage> after = topic.partitions().stream().map(how).toList();
        TopicImage changed = new TopicImage(topic.id(), topic.name(), after);
        put(List.of(topic), changed, after);
    }

    private void put(List<TopicImage> before, TopicImage after, List<PartitionImage> changed) {
        List<ClusterDelta.PartitionDelta> deltas = new ArrayList<>();
        for (PartitionImage each : changed) {
            deltas.add(new ClusterDelta.PartitionDelta(after, Optional.empty(), each));
        }
        publish(
                with(image.topics().with(before, List.of(after)), image.configs(), image),
                new ClusterDelta(
                        before.isEmpty() ? List.of(after) : List.of(),
                        List.of(),
                        deltas,
                        Set.of(),
                        Set.of(),
                        false,
                        false));
    }

    /// Something is configured for a topic, beside what was.
    void configure(String topic, String key, String value) {
        ConfigOwner owner = ConfigOwner.topic(topic);
        Map<String, String> set = new TreeMap<>(image.configs().of(owner));
        set.put(key, value);
        publish(
                with(image.topics(), image.configs().with(Set.of(), Map.of(owner, set)), image),
                new ClusterDelta(
                        List.of(), List.of(), List.of(), Set.of(owner), Set.of(), false, false));
    }

    private void publish(ClusterImage next, ClusterDelta delta) {
        image = next;
        pictures.changed(next, delta);
    }
}
