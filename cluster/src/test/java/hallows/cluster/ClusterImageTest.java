package hallows.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.model.PartitionId;
import hallows.model.TopicId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ClusterImageTest {
    private static final DirectoryId HERE = new DirectoryId(7, 7);

    private static PartitionImage partition(int index, DirectoryId... directories) {
        return new PartitionImage(
                index,
                1,
                3,
                5,
                false,
                NodeIds.of(1, 2, 3),
                List.of(directories),
                NodeIds.of(1, 2),
                NodeIds.NONE,
                NodeIds.NONE,
                NodeIds.NONE,
                NodeIds.NONE);
    }

    private static BrokerImage broker(int id, boolean fenced) {
        return new BrokerImage(id, 10, fenced, false, Optional.empty(), List.of(), List.of(HERE));
    }

    private static ClusterImage image(BrokerImage... brokers) {
        TreeMap<Integer, BrokerImage> byId = new TreeMap<>();
        for (BrokerImage broker : brokers) {
            byId.put(broker.id(), broker);
        }
        return new ClusterImage(
                "c",
                1,
                OptionalInt.of(1),
                byId,
                Topics.NONE,
                Configs.NONE,
                new TreeMap<>(Map.of("kraft.version", (short) 1)));
    }

    @Test
    void aReplicaIsOfflineOnABrokerThatMayNotServeAndInADirectoryThatIsLost() {
        ClusterImage image = image(broker(1, false), broker(2, true));
        DirectoryId any = DirectoryId.UNASSIGNED;
        assertEquals(NodeIds.of(2, 3), image.offlineReplicas(partition(0, HERE, HERE, HERE)));
        assertEquals(NodeIds.of(2, 3), image.offlineReplicas(partition(0, any, any, any)));
        DirectoryId elsewhere = new DirectoryId(8, 8);
        assertEquals(NodeIds.of(1, 2, 3), image.offlineReplicas(partition(0, elsewhere, any, any)));
        assertEquals(
                NodeIds.of(1, 2, 3),
                image.offlineReplicas(partition(0, DirectoryId.LOST, any, any)));
        assertTrue(image.isServing(1));
        assertFalse(image.isServing(2));
        assertFalse(image.isServing(3));
        assertEquals(1, image.featureLevel("kraft.version"));
        assertEquals(0, image.featureLevel("group.version"));
    }

    @Test
    void reservedDirectoriesAreNoDirectories() {
        assertFalse(DirectoryId.UNASSIGNED.isAssigned());
        assertFalse(DirectoryId.LOST.isAssigned());
        assertFalse(DirectoryId.MIGRATING.isAssigned());
        assertTrue(new DirectoryId(0, 100).isAssigned());
        assertTrue(new DirectoryId(0, -1).isAssigned());
        assertEquals(DirectoryId.UNASSIGNED, partition(0).directoryOf(1));
        assertEquals(HERE, partition(0, HERE).directoryOf(1));
    }

    @Test
    void topicsAreFoundByNameIdAndPartition() {
        TopicId id = new TopicId(1, 2);
        TopicImage topic = new TopicImage(id, "t", List.of(partition(0), partition(1)));
        Topics topics = Topics.NONE.with(List.of(), List.of(topic));
        assertSame(topic, topics.named("t").orElseThrow());
        assertSame(topic, topics.withId(id).orElseThrow());
        assertEquals(1, topics.partition(new PartitionId(id, 1)).orElseThrow().index());
        assertTrue(topics.partition(new PartitionId(id, 2)).isEmpty());
        assertTrue(topics.partition(new PartitionId(id, -1)).isEmpty());
        assertTrue(topics.partition(new PartitionId(new TopicId(9, 9), 0)).isEmpty());
    }

    @Test
    void aNameGoesFromATopicToAnother() {
        TopicImage first = new TopicImage(new TopicId(0, 1), "t", List.of());
        TopicImage second = new TopicImage(new TopicId(0, 2), "t", List.of());
        Topics topics =
                Topics.NONE.with(List.of(), List.of(first)).with(List.of(first), List.of(second));
        assertSame(second, topics.named("t").orElseThrow());
        assertEquals(1, topics.size());
        assertEquals(List.of(second), topics.stream().toList());
    }

    @Test
    void whatIsSetLiesOverWhatIsDefault() {
        Configs configs =
                Configs.NONE
                        .withTopicDefaults(Map.of("retention.ms", "1", "segment.bytes", "2"))
                        .with(
                                Set.of(),
                                Map.of(
                                        ConfigOwner.topic("t"),
                                        Map.of("retention.ms", "9"),
                                        ConfigOwner.ALL_BROKERS,
                                        Map.of("a", "1", "b", "1"),
                                        ConfigOwner.broker(4),
                                        Map.of("a", "2")));
        assertEquals("9", configs.topic("t", "retention.ms"));
        assertEquals("2", configs.topic("t", "segment.bytes"));
        assertEquals(Map.of("retention.ms", "9", "segment.bytes", "2"), configs.topic("t"));
        assertEquals(configs.topicDefaults(), configs.topic("other"));
        assertEquals(Map.of("a", "2", "b", "1"), configs.broker(4));
        Configs without = configs.with(Set.of(ConfigOwner.topic("t")), Map.of());
        assertEquals("1", without.topic("t", "retention.ms"));
        assertEquals(Map.of("a", "1", "b", "1"), without.of(ConfigOwner.ALL_BROKERS));
        assertEquals(Map.of("a", "2"), without.of(ConfigOwner.broker(4)));
    }
}
