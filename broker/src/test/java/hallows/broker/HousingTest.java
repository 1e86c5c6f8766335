package hallows.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.cluster.NodeIds;
import hallows.cluster.TopicImage;
import hallows.model.ErrorCode;
import hallows.model.PartitionId;
import hallows.simulation.DiskCall;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HousingTest {
    /// Longer than deleted files stay, and than anything is tried again.
    private static final Duration LATER = Duration.ofSeconds(2);

    @Test
    void anotherTopicOfTheSameNameBeginsAnew() {
        try (BrokerRig rig = new BrokerRig(2)) {
            TopicImage first = rig.create("t", 1);
            assertEquals(0, placed(rig, first));
            assertEquals(1, placed(rig, first));
            TopicImage second = SimulatedCluster.topic("t", rig.cluster.nextId(), 1);
            rig.cluster.delete(first, Optional.of(second));

            assertEquals(0, placed(rig, second));
            assertEquals(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, refused(rig, first));
            rig.pass(LATER);
            assertEquals(List.of("t-0"), partitions(rig));
        }
    }

    @Test
    void aTopicThatIsDeletedWhileItsLogIsMadeLeavesNothing() {
        try (BrokerRig rig = new BrokerRig(2)) {
            TopicImage first = rig.create("t", 3);
            rig.cluster.delete(rig.now(first), Optional.empty());
            rig.pass(LATER);
            assertEquals(List.of(), partitions(rig));
            assertEquals(0, placed(rig, rig.create("t", 1)));
        }
    }

    @Test
    void aPartitionThatComesBackAtOnceBeginsAnew() {
        try (BrokerRig rig = new BrokerRig(1)) {
            TopicImage topic = rig.create("t", 1);
            assertEquals(0, placed(rig, topic));
            NodeIds others = NodeIds.of(SimulatedCluster.OTHER);
            rig.cluster.replicas(rig.now(topic), others, others);
            NodeIds here = NodeIds.of(SimulatedCluster.NODE);
            rig.cluster.replicas(rig.now(topic), here, here);

            assertEquals(0, placed(rig, topic));
            rig.pass(LATER);
            assertEquals(1, placed(rig, topic));
            assertEquals(List.of("t-0"), partitions(rig));
        }
    }

    @Test
    void aLogForWhichThereIsNoRoomIsMadeWhenThereIs() {
        try (BrokerRig rig = new BrokerRig(1)) {
            rig.disk().capacity(0);
            TopicImage topic = rig.create("t", 1);
            rig.pass(LATER);
            assertEquals(ErrorCode.KAFKA_STORAGE_ERROR, refused(rig, topic));
            rig.disk().capacity(Long.MAX_VALUE);
            rig.pass(LATER);
            assertEquals(0, placed(rig, topic));
        }
    }

    @Test
    void aLogThatIsHalfMadeIsNotInTheWayOfTheNextTopic() {
        try (BrokerRig rig = new BrokerRig(2)) {
            // For the file that says whose it is, and no more.
            rig.disk().capacity(50);
            TopicImage first = rig.create("t", 1);
            rig.pass(LATER);
            assertEquals(ErrorCode.KAFKA_STORAGE_ERROR, refused(rig, first));
            TopicImage second = SimulatedCluster.topic("t", rig.cluster.nextId(), 1);
            rig.cluster.delete(rig.now(first), Optional.of(second));
            rig.pass(LATER);
            rig.disk().capacity(Long.MAX_VALUE);
            rig.pass(LATER);
            assertEquals(0, placed(rig, second));
            rig.pass(LATER);
            assertEquals(List.of("t-0"), partitions(rig));
        }
    }

    @Test
    void whoWaitsForANameIsToldWhenItsDirectoryFails() {
        try (BrokerRig rig = new BrokerRig(1)) {
            TopicImage other = rig.create("other", 1);
            TopicImage first = rig.create("t", 1);
            assertEquals(0, placed(rig, first));
            assertEquals(0, placed(rig, other));
            for (int i = 0; i < 10; i++) {
                rig.disk().failNext(DiskCall.RENAME);
            }
            TopicImage second = SimulatedCluster.topic("t", rig.cluster.nextId(), 1);
            rig.cluster.delete(rig.now(first), Optional.of(second));
            rig.pass(Duration.ofMillis(50));
            rig.disk().failNext(DiskCall.FLUSH);
            assertEquals(ErrorCode.KAFKA_STORAGE_ERROR, refused(rig, other));
            assertEquals(ErrorCode.KAFKA_STORAGE_ERROR, refused(rig, second));
        }
    }

    @Test
    void aTopicOfManyPartitionsIsMadeAFewAtATime() {
        try (BrokerRig rig = new BrokerRig(1)) {
            int partitions = 1_000;
            TopicImage topic = rig.create("t", partitions);
            PartitionId last = new PartitionId(topic.id(), partitions - 1);
            assertInstanceOf(Appended.Placed.class, rig.append(last));
            rig.cluster.delete(topic, Optional.empty());
            rig.pass(LATER.multipliedBy(5));
            assertEquals(List.of(), partitions(rig));
        }
    }

    @Test
    void aTopicThatIsDeletedBeforeItsLogsAreMadeIsNotMade() {
        try (BrokerRig rig = new BrokerRig(1)) {
            TopicImage topic = rig.create("t", 1_000);
            rig.until(() -> !partitions(rig).isEmpty());
            rig.cluster.delete(topic, Optional.empty());
            TopicImage other = rig.create("other", 1);
            assertEquals(0, placed(rig, other));
            assertTrue(partitions(rig).size() < 50, () -> partitions(rig).toString());
        }
    }

    @Test
    void aStopWaitsForALogThatLosesItsName() {
        try (BrokerRig rig = new BrokerRig(1)) {
            TopicImage topic = rig.create("t", 1);
            assertEquals(0, placed(rig, topic));
            rig.cluster.delete(rig.now(topic), Optional.empty());
            assertTrue(rig.stop().hasStoppedWell());
            assertMarked(rig);
        }
    }

    @Test
    void aStopHasPatienceWithADiskThatRefusesTheNewName() {
        try (BrokerRig rig = new BrokerRig(1)) {
            TopicImage topic = rig.create("t", 1);
            assertEquals(0, placed(rig, topic));
            rig.cluster.delete(rig.now(topic), Optional.empty());
            rig.disk().failNext(DiskCall.RENAME);
            rig.disk().failNext(DiskCall.RENAME);
            rig.stop();
            assertMarked(rig);
        }
    }

    private static void assertMarked(BrokerRig rig) {
        List<String> left = rig.disk().list(BrokerRig.LOGS).orThrow();
        assertTrue(left.stream().noneMatch("t-0"::equals), left::toString);
        assertTrue(left.stream().anyMatch(name -> name.endsWith("-delete")), left::toString);
    }

    private static long placed(BrokerRig rig, TopicImage topic) {
        return assertInstanceOf(Appended.Placed.class, rig.append(BrokerRig.first(topic)))
                .firstOffset();
    }

    private static ErrorCode refused(BrokerRig rig, TopicImage topic) {
        return assertInstanceOf(Appended.Refused.class, rig.append(BrokerRig.first(topic)))
                .why()
                .error();
    }

    private static List<String> partitions(BrokerRig rig) {
        return rig.disk().list(BrokerRig.LOGS).orThrow().stream()
                .filter(name -> name.startsWith("t-"))
                .sorted()
                .toList();
    }
}
