package hallows.cluster.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.cluster.BrokerImage;
import hallows.cluster.ClusterImage;
import hallows.cluster.NodeIds;
import hallows.cluster.PartitionImage;
import hallows.cluster.TopicImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.storage.internals.checkpoint.CleanShutdownFileHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A real node, alone in its cluster.
@Timeout(180)
final class ClusterNodeTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void formatsServesAndShowsATopicThatWasCreated() throws Exception {
        try (Node node = Node.serving(directory.resolve("new"))) {
            assertEquals(1, node.cluster.nodeId());
            ClusterImage serving = node.cluster.image();
            assertEquals(OptionalInt.of(1), serving.controller());
            BrokerImage broker = node.broker();
            assertEquals(List.of(Node.LISTENER), broker.listeners());
            assertEquals(node.cluster.brokerEpoch(), broker.epoch());
            assertEquals(1, broker.directories().size());
            assertTrue(serving.featureLevel("metadata.version") > 0);
            assertEquals(0, node.create("t", 3).topics().find("t").errorCode());
            ClusterImage image = node.await(now -> now.topics().named("t").isPresent());
            TopicImage topic = image.topics().named("t").orElseThrow();
            assertEquals(3, topic.partitions().size());
            PartitionImage partition = topic.partitions().get(2);
            assertEquals(2, partition.index());
            assertEquals(1, partition.leader());
            assertEquals(NodeIds.of(1), partition.isr());
            assertEquals(NodeIds.NONE, image.offlineReplicas(partition));
            assertEquals(broker.directories(), partition.directories());
            assertEquals("604800000", image.configs().topic("t", "retention.ms"));
            assertEquals(List.of(), node.faults);
            node.stop();
        }
    }

    @Test
    void whatWasCreatedIsThereAfterAStopAndTheEpochGrows() throws Exception {
        long epoch;
        String cluster;
        try (Node node = Node.serving(directory)) {
            node.create("kept", 2);
            epoch = node.cluster.brokerEpoch();
            cluster = node.cluster.image().clusterId();
            node.stop();
        }
        new CleanShutdownFileHandler(directory.toString()).write(epoch);
        try (Node node = Node.serving(directory)) {
            assertEquals(cluster, node.cluster.image().clusterId());
            assertTrue(node.cluster.brokerEpoch() > epoch);
            TopicImage topic = node.cluster.image().topics().named("kept").orElseThrow();
            assertEquals(2, topic.partitions().size());
            node.await(image ->
                    image.topics().named("kept").orElseThrow().partitions().stream()
                            .allMatch(partition -> partition.leader() == 1));
            node.stop();
        }
    }

    @Test
    void whoDiedNeedNotWaitForTheEndOfItsSession() throws Exception {
        Map<String, String> patient =
                Node.properties("log.dirs=" + directory, "broker.session.timeout.ms=600000");
        long epoch;
        try (Node node = Node.serving(patient)) {
            node.create("t", 1);
            epoch = node.cluster.brokerEpoch();
            // It does not leave: in the quorum's log it serves for ever.
        }
        try (Node node = Node.serving(patient)) {
            assertTrue(node.cluster.brokerEpoch() > epoch);
            node.await(image ->
                    image.topics().named("t").orElseThrow().partitions().getFirst().leader() == 1);
            assertEquals(List.of(), node.faults);
        }
    }

    @Test
    void aBrokerIsFencedUntilItSaysThatItIsReady() throws Exception {
        try (Node node = Node.started(Map.of("log.dirs", directory.toString()))) {
            node.cluster.join(List.of(Node.LISTENER));
            node.cluster.joined().get();
            assertFalse(node.cluster.image().isServing(1));
            // Nobody may hold a partition, so nobody can be given one.
            assertTrue(node.create("t", 1).topics().find("t").errorCode() != 0);
            node.cluster.serve().get();
            assertEquals(0, node.create("t", 1).topics().find("t").errorCode());
        }
    }

    @Test
    void whoLeavesNoLongerLeads() throws Exception {
        try (Node node = Node.serving(directory)) {
            node.create("t", 1);
            node.await(image -> image.topics().named("t").isPresent());
            node.cluster.leave().get();
            PartitionImage partition =
                    node.await(image -> !image.isServing(1))
                            .topics()
                            .named("t")
                            .orElseThrow()
                            .partitions()
                            .getFirst();
            assertEquals(PartitionImage.NO_LEADER, partition.leader());
            assertEquals(NodeIds.NONE, partition.isr());
            assertEquals(NodeIds.of(1), partition.eligible());
            assertEquals(NodeIds.of(1), node.cluster.image().offlineReplicas(partition));
        }
    }

    @Test
    void noThreadIsLeft() throws Exception {
        Set<String> before = threads();
        try (Node node = Node.serving(directory)) {
            assertFalse(threads().equals(before));
            node.stop();
        }
        Set<String> left = threads();
        left.removeAll(before);
        // One for the whole process, which Kafka's metrics start and never end.
        left.removeIf(name -> name.startsWith("metrics-meter-tick-thread"));
        assertEquals(Set.of(), left);
    }

    @Test
    void aQuorumThatCannotBeReadIsASentenceAndNoThread() throws Exception {
        Map<String, String> properties = Map.of("log.dirs", directory.toString());
        try (Node node = Node.serving(properties)) {
            node.create("t", 1);
            node.stop();
        }
        Path state = directory.resolve(Quorum.DIRECTORY).resolve("quorum-state");
        String whole = Files.readString(state);
        Files.writeString(state, "{");
        Set<String> before = threads();
        String refusal = Node.refusal(properties);
        assertTrue(refusal.startsWith("the control plane cannot start in " + directory), refusal);
        assertEquals(1, refusal.lines().count());
        assertEquals(before, threads());
        Files.writeString(state, whole);
        try (Node node = Node.serving(properties)) {
            assertTrue(node.cluster.image().topics().named("t").isPresent());
        }
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void aBootstrapThatALossOfPowerHasTornIsNotNeeded() throws Exception {
        for (String torn : List.of("", "torn")) {
            Path place = directory.resolve("torn" + torn);
            try (Node first = Node.started(Map.of("log.dirs", place.toString()))) {
                assertEquals(List.of(), first.faults);
            }
            // As if the node had died before its quorum ever wrote.
            Utils.delete(place.resolve(Quorum.DIRECTORY).toFile());
            Files.writeString(place.resolve("bootstrap.checkpoint"), torn);
            try (Node node = Node.serving(place)) {
                assertEquals(0, node.create("t", 1).topics().find("t").errorCode());
            }
        }
    }

    @Test
    void twoNodesDoNotShareADirectory() throws Exception {
        try (Node node = Node.serving(directory)) {
            String refusal = Node.refusal(Map.of("log.dirs", directory.toString()));
            assertTrue(refusal.contains("is in use by another process"), refusal);
            assertEquals(0, node.create("t", 1).topics().find("t").errorCode());
        }
    }

    @Test
    void severalDirectoriesAreOneNode() throws Exception {
        Map<String, String> both =
                Map.of("log.dirs", directory.resolve("a") + "," + directory.resolve("b"));
        try (Node node = Node.serving(both)) {
            assertEquals(2, node.broker().directories().size());
            node.create("t", 1);
            node.stop();
        }
        assertTrue(Files.exists(directory.resolve("a/__cluster_metadata-0")));
        assertFalse(Files.exists(directory.resolve("b/__cluster_metadata-0")));
        try (Node node = Node.serving(both)) {
            assertTrue(node.cluster.image().topics().named("t").isPresent());
        }
    }

    @Test
    void aSnapshotTakesThePlaceOfTheLogAndIsReadAgain() throws Exception {
        Map<String, String> often =
                Node.properties(
                        "log.dirs=" + directory,
                        "metadata.log.max.record.bytes.between.snapshots=200");
        try (Node node = Node.serving(often)) {
            for (int topic = 0; topic < 20; topic++) {
                node.create("t" + topic, 2);
            }
            node.await(image -> image.topics().size() == 20);
            node.stop();
        }
        try (var files = Files.list(directory.resolve(Quorum.DIRECTORY))) {
            assertTrue(files.filter(file -> file.toString().endsWith(".checkpoint")).count() > 1);
        }
        try (Node node = Node.serving(often)) {
            assertEquals(20, node.cluster.image().topics().size());
        }
    }
}
