package hallows.cluster.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.cluster.TopicPlan;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NodePropertiesTest {
    @Test
    void kafkasDefaultsHoldWhereNothingIsSaid() {
        NodeProperties properties = NodeProperties.of(Map.of("log.dirs", "/a,/b"));
        assertEquals("1048588", properties.value("message.max.bytes"));
        assertEquals("/a,/b", properties.value("log.dirs"));
        assertEquals("broker,controller", properties.value("process.roles"));
        assertEquals("0", properties.value("controller.quorum.append.linger.ms"));
        assertEquals("", properties.value("broker.rack"));
        assertEquals(List.of(), properties.wrong());
    }

    @Test
    void whatIsSaidHolds() {
        NodeProperties properties =
                NodeProperties.of(
                        Node.properties(
                                "controller.quorum.append.linger.ms=25", "num.partitions=6"));
        assertEquals("25", properties.value("controller.quorum.append.linger.ms"));
        assertEquals("6", properties.value("num.partitions"));
    }

    @Test
    void unknownKeysAreNamedAndNamesOfSomebodysChoiceAreNot() {
        NodeProperties properties =
                NodeProperties.of(
                        Node.properties(
                                "num.partition=1",
                                "listener.name.internal.ssl.keystore.location=x",
                                "super.users=User:a",
                                "zookeeper.connect=x"));
        assertEquals(List.of("num.partition", "zookeeper.connect"), properties.unknown());
    }

    @Test
    void theTopicOfOffsetsIsMadeAsItsCoordinatorSays() {
        assertEquals(
                new TopicPlan(
                        7,
                        (short) 3,
                        Node.properties(
                                "cleanup.policy=compact",
                                "compression.type=producer",
                                "segment.bytes=2048")),
                plan(
                        "__consumer_offsets",
                        "offsets.topic.num.partitions=7",
                        "offsets.topic.segment.bytes=2048"));
    }

    @Test
    void theTopicOfTransactionsIsMadeAsItsCoordinatorSays() {
        assertEquals(
                new TopicPlan(
                        50,
                        (short) 2,
                        Node.properties(
                                "cleanup.policy=compact",
                                "compression.type=uncompressed",
                                "min.insync.replicas=1",
                                "segment.bytes=104857600",
                                "unclean.leader.election.enable=false")),
                plan(
                        "__transaction_state",
                        "transaction.state.log.replication.factor=2",
                        "transaction.state.log.min.isr=1"));
    }

    @Test
    void theTopicOfShareGroupsIsMadeAsItsCoordinatorSays() {
        assertEquals(
                new TopicPlan(
                        8,
                        (short) 3,
                        Node.properties(
                                "cleanup.policy=delete",
                                "compression.type=producer",
                                "min.insync.replicas=1",
                                "retention.ms=-1",
                                "segment.bytes=104857600")),
                plan(
                        "__share_group_state",
                        "share.coordinator.state.topic.min.isr=1",
                        "share.coordinator.state.topic.num.partitions=8"));
    }

    private static TopicPlan plan(String topic, String... keys) {
        NodeProperties properties = NodeProperties.of(Node.properties(keys));
        assertEquals(List.of(), properties.withoutEffect(Set.of()));
        return Objects.requireNonNull(properties.internalTopics().get(topic));
    }

    @Test
    void knownKeysThatChangeNothingAreNamed() {
        NodeProperties properties =
                NodeProperties.of(
                        Node.properties(
                                "node.id=1",
                                "log.retention.hours=2",
                                "num.io.threads=8",
                                "num.network.threads=3",
                                "nonsense=1"));
        assertEquals(
                List.of("log.retention.hours", "num.io.threads", "num.network.threads"),
                properties.withoutEffect(Set.of()));
        assertEquals(
                List.of("log.retention.hours", "num.network.threads"),
                properties.withoutEffect(Set.of("num.io.threads")));
    }

    @Test
    void aBrokerHasNamesOfItsOwnForKeysOfTopics() {
        assertEquals(
                Set.of("message.max.bytes", "log.roll.ms", "log.roll.hours"),
                NodeProperties.standingFor(
                        Set.of("max.message.bytes", "segment.ms", "hallows.unknown")));
    }

    @Test
    void everyKeyWithAnEffectIsKnown() {
        assertTrue(NodeProperties.known().containsAll(EffectiveKeys.HERE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "num.partitions=many | Invalid value many for configuration num.partitions",
                "process.roles=broker | process.roles is 'broker'",
                "controller.quorum.voters=1@a:1,2@b:2 | names nodes [1, 2]",
                "controller.quorum.voters=9@a:1 | names nodes [9]",
                "listeners=nonsense | nonsense"
            })
    void whatCannotBeIsSaid(String property, String said) {
        List<String> wrong = NodeProperties.of(Node.properties(property, "node.id=1")).wrong();
        assertEquals(1, wrong.size());
        assertTrue(wrong.getFirst().contains(said), wrong.getFirst());
    }
}
