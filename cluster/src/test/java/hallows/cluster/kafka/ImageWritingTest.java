package hallows.cluster.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.cluster.ClusterDelta;
import hallows.cluster.ClusterDelta.PartitionDelta;
import hallows.cluster.ClusterImage;
import hallows.cluster.ConfigOwner;
import hallows.cluster.NodeIds;
import hallows.cluster.TopicImage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.metadata.ConfigRecord;
import org.apache.kafka.common.metadata.FeatureLevelRecord;
import org.apache.kafka.common.metadata.PartitionChangeRecord;
import org.apache.kafka.common.metadata.PartitionRecord;
import org.apache.kafka.common.metadata.RegisterBrokerRecord;
import org.apache.kafka.common.metadata.RemoveTopicRecord;
import org.apache.kafka.common.metadata.TopicRecord;
import org.apache.kafka.common.metadata.UnfenceBrokerRecord;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.image.MetadataDelta;
import org.apache.kafka.image.MetadataImage;
import org.apache.kafka.image.MetadataProvenance;
import org.apache.kafka.server.common.MetadataVersion;
import org.junit.jupiter.api.Test;

/// Records of the quorum's log become pictures, without a quorum.
final class ImageWritingTest {
    private static final TopicDefaults DEFAULTS =
            new TopicDefaults(NodeProperties.of(Map.of()).config(), 1);

    private MetadataImage kafka = MetadataImage.EMPTY;
    private ClusterImage image = ClusterImage.unknown("c");
    private long offset;

    private ClusterDelta replay(ApiMessage... records) {
        return replay(false, records);
    }

    private ClusterDelta replay(boolean snapshot, ApiMessage... records) {
        MetadataDelta delta = new MetadataDelta.Builder().setImage(kafka).build();
        for (ApiMessage record : records) {
            delta.replay(record);
        }
        if (snapshot) {
            delta.finishSnapshot();
        }
        offset += records.length;
        kafka = delta.apply(new MetadataProvenance(offset, 1, 0, true));
        ImageWriting writing = new ImageWriting(image, delta, kafka);
        image = writing.next(DEFAULTS);
        return writing.delta(image);
    }

    private static Uuid id(int topic) {
        return new Uuid(1, topic);
    }

    private static FeatureLevelRecord version() {
        return new FeatureLevelRecord()
                .setName(MetadataVersion.FEATURE_NAME)
                .setFeatureLevel(MetadataVersion.latestProduction().featureLevel());
    }

    private static TopicRecord topic(int topic) {
        return new TopicRecord().setName("t" + topic).setTopicId(id(topic));
    }

    private static PartitionRecord partition(int topic, int partition) {
        return new PartitionRecord()
                .setTopicId(id(topic))
                .setPartitionId(partition)
                .setReplicas(List.of(1, 2))
                .setIsr(List.of(1, 2))
                .setDirectories(List.of(new Uuid(5, 5), new Uuid(6, 6)))
                .setLeader(1)
                .setLeaderEpoch(0)
                .setPartitionEpoch(0);
    }

    private static PartitionChangeRecord shrunk(int topic, int partition) {
        return new PartitionChangeRecord()
                .setTopicId(id(topic))
                .setPartitionId(partition)
                .setIsr(List.of(1));
    }

    @SuppressWarnings("NullAway") // null takes away
    private static ConfigRecord unset(ConfigRecord record) {
        return record.duplicate().setValue(null);
    }

    private TopicImage image(int topic) {
        return image.topics().named("t" + topic).orElseThrow();
    }

    @Test
    void whatIsNewIsToldOnce() {
        replay(version());
        ClusterDelta delta = replay(topic(1), partition(1, 0), partition(1, 1));
        assertEquals(List.of(image(1)), delta.created());
        assertEquals(2, delta.partitions().size());
        assertSame(image(1), delta.partitions().getFirst().topic());
        assertTrue(delta.partitions().getFirst().before().isEmpty());
        assertFalse(delta.featuresChanged());
        assertTrue(replay().isEmpty());
    }

    @Test
    void whatChangesIsToldWithWhatItWas() {
        replay(version(), topic(1), partition(1, 0), partition(1, 1));
        TopicImage before = image(1);
        ClusterDelta delta = replay(shrunk(1, 1));
        PartitionDelta told = delta.partitions().getFirst();
        assertEquals(1, delta.partitions().size());
        assertSame(before.partitions().get(1), told.before().orElseThrow());
        assertEquals(NodeIds.of(1), told.after().isr());
        assertEquals(0, told.after().leaderEpoch());
        assertEquals(1, told.after().partitionEpoch());
        assertEquals(List.of(), delta.created());
        assertSame(before.partitions().getFirst(), image(1).partitions().getFirst());
    }

    @Test
    void allOthersAreSharedWhenOneTopicOfManyChanges() {
        replay(version());
        for (int topic = 0; topic < 1_000; topic++) {
            replay(topic(topic), partition(topic, 0));
        }
        ClusterImage before = image;
        replay(shrunk(77, 0));
        for (int topic = 0; topic < 1_000; topic++) {
            TopicImage was = before.topics().named("t" + topic).orElseThrow();
            if (topic == 77) {
                assertNotSame(was, image(topic));
            } else {
                assertSame(was, image(topic));
            }
        }
        assertSame(before.configs(), image.configs());
        assertEquals(before.brokers(), image.brokers());
    }

    @Test
    void aNameThatGoesToAnotherTopicIsDeletedAndCreated() {
        replay(version(), topic(1), partition(1, 0));
        TopicImage first = image(1);
        ClusterDelta delta =
                replay(
                        new RemoveTopicRecord().setTopicId(id(1)),
                        new TopicRecord().setName("t1").setTopicId(id(2)),
                        partition(2, 0));
        assertEquals(List.of(first), delta.deleted());
        assertEquals(List.of(image(1)), delta.created());
        assertEquals(Ids.topic(id(2)), image(1).id());
        assertEquals(1, image.topics().size());
    }

    @Test
    void aSnapshotTellsOnlyWhatDiffers() {
        replay(version(), topic(1), partition(1, 0), topic(2), partition(2, 0));
        TopicImage kept = image(1);
        ClusterDelta delta =
                replay(true, version(), topic(1), partition(1, 0), topic(3), partition(3, 0));
        assertEquals(List.of("t3"), delta.created().stream().map(TopicImage::name).toList());
        assertEquals(List.of("t2"), delta.deleted().stream().map(TopicImage::name).toList());
        assertEquals(1, delta.partitions().size());
        assertSame(kept, image(1));
        assertFalse(delta.featuresChanged());
    }

    @Test
    void brokersAreTold() {
        replay(version());
        RegisterBrokerRecord registration =
                new RegisterBrokerRecord()
                        .setBrokerId(3)
                        .setBrokerEpoch(9)
                        .setFenced(true)
                        .setRack("r")
                        .setLogDirs(List.of(new Uuid(5, 5)));
        registration
                .endPoints()
                .add(
                        new RegisterBrokerRecord.BrokerEndpoint()
                                .setName("PLAINTEXT")
                                .setHost("h")
                                .setPort(1));
        assertEquals(Set.of(3), replay(registration).brokers());
        assertFalse(image.isServing(3));
        assertEquals(Set.of(3), replay(new UnfenceBrokerRecord().setId(3).setEpoch(9)).brokers());
        assertTrue(image.isServing(3));
    }

    @Test
    void configurationsAreTold() {
        replay(version());
        ConfigRecord retention =
                new ConfigRecord()
                        .setResourceType(ConfigResource.Type.TOPIC.id())
                        .setResourceName("t1")
                        .setName("retention.ms")
                        .setValue("5");
        assertEquals(Set.of(ConfigOwner.topic("t1")), replay(retention).configs());
        assertEquals("5", image.configs().topic("t1", "retention.ms"));
        assertTrue(replay(retention).isEmpty());
        assertEquals(Set.of(ConfigOwner.topic("t1")), replay(unset(retention)).configs());
        assertEquals("604800000", image.configs().topic("t1", "retention.ms"));
    }
}
