package hallows.cluster.kafka;

import hallows.cluster.BrokerImage;
import hallows.cluster.ClusterDelta;
import hallows.cluster.ClusterDelta.PartitionDelta;
import hallows.cluster.ClusterImage;
import hallows.cluster.ConfigOwner;
import hallows.cluster.Configs;
import hallows.cluster.PartitionImage;
import hallows.cluster.TopicImage;
import hallows.cluster.Topics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.image.MetadataDelta;
import org.apache.kafka.image.MetadataImage;
import org.apache.kafka.image.TopicDelta;
import org.apache.kafka.server.common.MetadataVersion;

/// Makes the next picture from the one before and Kafka's. Kafka's delta only says where to look:
/// after a snapshot it names everything, so what really differs is found by comparing.
final class ImageWriting {
    private final ClusterImage before;
    private final MetadataDelta delta;
    private final MetadataImage image;
    private final List<TopicImage> created = new ArrayList<>();
    private final List<TopicImage> deleted = new ArrayList<>();
    private final List<TopicImage> changed = new ArrayList<>();
    private final List<PartitionDelta> partitions = new ArrayList<>();
    private final Set<ConfigOwner> configOwners = new HashSet<>();
    private final Set<Integer> brokerIds = new TreeSet<>();

    ImageWriting(ClusterImage before, MetadataDelta delta, MetadataImage image) {
        this.before = before;
        this.delta = delta;
        this.image = image;
    }

    /// The next picture.
    ///
    /// @param defaults what holds for topics about which nothing was said
    ClusterImage next(TopicDefaults defaults) {
        return new ClusterImage(
                before.clusterId(),
                image.offset(),
                before.controller(),
                brokers(),
                topics(),
                configs(defaults),
                features());
    }

    /// In what it differs, once it is made.
    ClusterDelta delta(ClusterImage after) {
        return new ClusterDelta(
                List.copyOf(created),
                List.copyOf(deleted),
                List.copyOf(partitions),
                Collections.unmodifiableSet(configOwners),
                Collections.unmodifiableSet(brokerIds),
                !after.features().equals(before.features()),
                false);
    }

    private SortedMap<Integer, BrokerImage> brokers() {
        if (delta.clusterDelta() == null) {
            return before.brokers();
        }
        SortedMap<Integer, BrokerImage> after = ImageReading.brokers(image.cluster().brokers());
        Set<Integer> all = new TreeSet<>(before.brokers().keySet());
        all.addAll(after.keySet());
        all.stream()
                .filter(id ->
                        !Optional.ofNullable(after.get(id))
                                .equals(Optional.ofNullable(before.brokers().get(id))))
                .forEach(brokerIds::add);
        return after;
    }

    private Topics topics() {
        if (delta.topicsDelta() == null) {
            return before.topics();
        }
        for (Uuid id : delta.topicsDelta().deletedTopicIds()) {
            before.topics().withId(Ids.topic(id)).ifPresent(deleted::add);
        }
        for (TopicDelta topic : delta.topicsDelta().changedTopics().values()) {
            before.topics()
                    .withId(Ids.topic(topic.id()))
                    .ifPresentOrElse(old -> compare(old, topic), () -> create(topic));
        }
        return before.topics().with(deleted, changed);
    }

    private void create(TopicDelta topic) {
        TopicImage now = ImageReading.topic(image.topics().getTopic(topic.id()));
        created.add(now);
        changed.add(now);
        now.partitions().forEach(partition -> note(now, Optional.empty(), partition));
    }

    private void compare(TopicImage old, TopicDelta topic) {
        List<PartitionImage> next = new ArrayList<>(old.partitions());
        List<PartitionImage> different = new ArrayList<>();
        new TreeMap<>(topic.partitionChanges())
                .forEach((index, partition) -> {
                    PartitionImage now = ImageReading.partition(index, partition);
                    if (index == next.size()) {
                        next.add(now);
                        different.add(now);
                    } else if (!now.equals(next.set(index, now))) {
                        different.add(now);
                    }
                });
        if (!different.isEmpty()) {
            TopicImage now = new TopicImage(old.id(), old.name(), next);
            changed.add(now);
            int known = old.partitions().size();
            for (PartitionImage partition : different) {
                int index = partition.index();
                note(
                        now,
                        index < known ? Optional.of(old.partitions().get(index)) : Optional.empty(),
                        partition);
            }
        }
    }

    private void note(TopicImage topic, Optional<PartitionImage> was, PartitionImage now) {
        partitions.add(new PartitionDelta(topic, was, now));
    }

    private Configs configs(TopicDefaults defaults) {
        Configs next = before.configs();
        if (delta.configsDelta() != null) {
            next = configs(next);
        }
        Map<String, String> topicDefaults = next.topicDefaults();
        if (topicDefaults.isEmpty() || configOwners.stream().anyMatch(defaults::dependOn)) {
            topicDefaults = defaults.with(image.configs());
        }
        if (topicDefaults.equals(next.topicDefaults())) {
            return next;
        }
        configOwners.add(ConfigOwner.ALL_BROKERS);
        return next.withTopicDefaults(topicDefaults);
    }

    private Configs configs(Configs next) {
        Set<ConfigOwner> removed = new HashSet<>();
        Map<ConfigOwner, Map<String, String>> put = new HashMap<>();
        for (ConfigResource resource : delta.configsDelta().changes().keySet()) {
            ConfigOwner owner = ImageReading.owner(resource).orElse(null);
            if (owner == null) {
                continue;
            }
            Map<String, String> values = image.configs().configMapForResource(resource);
            if (values.equals(next.of(owner))) {
                continue;
            }
            configOwners.add(owner);
            if (values.isEmpty()) {
                removed.add(owner);
            } else {
                put.put(owner, values);
            }
        }
        return next.with(removed, put);
    }

    private SortedMap<String, Short> features() {
        SortedMap<String, Short> levels = new TreeMap<>(image.features().finalizedVersions());
        image.features()
                .metadataVersion()
                .ifPresent(version ->
                        levels.put(MetadataVersion.FEATURE_NAME, version.featureLevel()));
        return levels;
    }
}
