package hallows.cluster.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.cluster.ClusterDelta.PartitionDelta;
import hallows.cluster.ControllerCall;
import hallows.cluster.ControllerCall.Caller;
import hallows.cluster.TopicImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.message.CreatePartitionsRequestData;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsTopic;
import org.apache.kafka.common.message.CreatePartitionsResponseData;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.DeleteTopicsRequestData.DeleteTopicState;
import org.apache.kafka.common.message.DeleteTopicsResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Topics are created, deleted and grown, in one node for all tests.
@Timeout(120)
final class TopicCallsTest {
    @RegisterExtension static final OneNode ONE = new OneNode();

    @Test
    void validatingCreatesNothing() throws Exception {
        CreateTopicsRequestData request = Node.creation("only-asked", 3).setValidateOnly(true);
        CreateTopicsResponseData response = ONE.node().ask(request, CreateTopicsResponseData.class);
        assertEquals(0, response.topics().find("only-asked").errorCode());
        assertEquals(3, response.topics().find("only-asked").numPartitions());
        ONE.create("after-asked", 1);
        assertTrue(ONE.image().topics().named("only-asked").isEmpty());
    }

    @Test
    void creationIsRefusedInKafkasCodes() throws Exception {
        ONE.create("there", 1);
        assertEquals(Errors.TOPIC_ALREADY_EXISTS, ONE.created(Node.creation("there", 1), "there"));
        assertEquals(Errors.INVALID_TOPIC_EXCEPTION, ONE.created(Node.creation("a/b", 1), "a/b"));
        assertEquals(Errors.INVALID_PARTITIONS, ONE.created(Node.creation("none", 0), "none"));
        CreateTopicsRequestData twoReplicas = Node.creation("wide", 1);
        twoReplicas.topics().find("wide").setReplicationFactor((short) 2);
        assertEquals(Errors.INVALID_REPLICATION_FACTOR, ONE.created(twoReplicas, "wide"));
        String internal = Topic.CLUSTER_METADATA_TOPIC_NAME;
        assertEquals(Errors.INVALID_REQUEST, ONE.created(Node.creation(internal, 1), internal));
    }

    @Test
    void creationWithAWrongConfigurationIsRefused() throws Exception {
        assertEquals(Errors.INVALID_CONFIG, created("retention.ms", "long"));
        assertEquals(Errors.INVALID_CONFIG, created("no.such.key", "1"));
        assertEquals(Errors.INVALID_CONFIG, created("remote.storage.enable", "true"));
    }

    private static Errors created(String key, String value) throws Exception {
        CreateTopicsRequestData request = Node.creation("wrong", 1);
        request.topics()
                .find("wrong")
                .configs()
                .add(
                        new CreateTopicsRequestData.CreatableTopicConfig()
                                .setName(key)
                                .setValue(value));
        return ONE.created(request, "wrong");
    }

    @Test
    void whatIsSaidTwiceIsRefusedAndTheRestIsDone() throws Exception {
        CreateTopicsRequestData request = Node.creation("once", 1);
        for (int time = 0; time < 2; time++) {
            request.topics()
                    .mustAdd(
                            new CreatableTopic()
                                    .setName("twice")
                                    .setNumPartitions(1)
                                    .setReplicationFactor((short) 1));
        }
        CreateTopicsResponseData response = ONE.node().ask(request, CreateTopicsResponseData.class);
        assertEquals(0, response.topics().find("once").errorCode());
        assertEquals("Duplicate topic name.", response.topics().find("twice").errorMessage());
    }

    @Test
    void topicsAreDeletedByNameAndById() throws Exception {
        ONE.create("by-name", 1);
        ONE.create("by-id", 1);
        int from = ONE.node().since(0).size();
        DeleteTopicsRequestData request = new DeleteTopicsRequestData().setTimeoutMs(30_000);
        request.topics().add(new DeleteTopicState().setName("by-name"));
        request.topics().add(byId(Ids.topic(ONE.topic("by-id").id())));
        request.topics().add(new DeleteTopicState().setName("unheard-of"));
        request.topics().add(byId(new Uuid(9, 9)));
        request.topics().add(byId(Uuid.ZERO_UUID));
        request.topics().add(byId(new Uuid(9, 8)).setName("both"));
        assertEquals(
                Set.of(
                        "by-name NONE",
                        "by-id NONE",
                        "unheard-of UNKNOWN_TOPIC_OR_PARTITION",
                        "null UNKNOWN_TOPIC_ID",
                        "null INVALID_REQUEST",
                        "both INVALID_REQUEST"),
                deleted(request));
        Set<String> gone = Set.of("by-name", "by-id");
        ONE.node().await(_ -> deletedSince(from).equals(gone));
        gone.forEach(name -> assertTrue(ONE.image().topics().named(name).isEmpty()));
    }

    private static Set<String> deletedSince(int from) {
        return ONE.node().since(from).stream()
                .flatMap(told -> told.delta().deleted().stream())
                .map(TopicImage::name)
                .collect(Collectors.toSet());
    }

    private static Set<String> deleted(DeleteTopicsRequestData request) throws Exception {
        return ONE.node().ask(request, DeleteTopicsResponseData.class).responses().stream()
                .map(one -> one.name() + " " + OneNode.error(one.errorCode()))
                .collect(Collectors.toSet());
    }

    @Test
    void whereNothingIsDeletedTheFirstClientsHearItInOtherWords(@TempDir Path directory)
            throws Exception {
        try (Node node =
                Node.started(
                        Map.of("log.dirs", directory.toString(), "delete.topic.enable", "false"))) {
            for (short version = 1; version <= 6; version++) {
                DeleteTopicsRequestData request = new DeleteTopicsRequestData();
                if (version < 6) {
                    request.topicNames().add("kept");
                } else {
                    request.topics().add(new DeleteTopicState().setName("kept"));
                }
                ControllerCall call = new ControllerCall(request, version, Caller.THIS_NODE);
                DeleteTopicsResponseData response = node.ask(call, DeleteTopicsResponseData.class);
                assertEquals(
                        version < 3 ? Errors.INVALID_REQUEST : Errors.TOPIC_DELETION_DISABLED,
                        OneNode.error(response.responses().find("kept").errorCode()));
            }
        }
    }

    private static DeleteTopicState byId(Uuid id) {
        return new DeleteTopicState().setTopicId(id);
    }

    @Test
    void aTopicNamedTwiceIsNotDeleted() throws Exception {
        ONE.create("again", 1);
        Uuid id = Ids.topic(ONE.topic("again").id());
        DeleteTopicsRequestData byBoth = new DeleteTopicsRequestData().setTimeoutMs(30_000);
        byBoth.topics().add(new DeleteTopicState().setName("again"));
        byBoth.topics().add(byId(id));
        assertRefused(byBoth);
        DeleteTopicsRequestData byName = new DeleteTopicsRequestData().setTimeoutMs(30_000);
        byName.topics().add(new DeleteTopicState().setName("again"));
        byName.topics().add(new DeleteTopicState().setName("again"));
        assertRefused(byName);
        DeleteTopicsRequestData byId = new DeleteTopicsRequestData().setTimeoutMs(30_000);
        byId.topics().add(byId(id));
        byId.topics().add(byId(id));
        assertRefused(byId);
        ONE.create("afterwards", 1);
        assertTrue(ONE.image().topics().named("again").isPresent());
    }

    private static void assertRefused(DeleteTopicsRequestData request) throws Exception {
        DeleteTopicsResponseData response = ONE.node().ask(request, DeleteTopicsResponseData.class);
        assertEquals(1, response.responses().size());
        assertEquals(
                Errors.INVALID_REQUEST,
                OneNode.error(response.responses().iterator().next().errorCode()));
    }

    @SuppressWarnings("NullAway") // null leaves it to the controller who gets what
    private static CreatePartitionsTopic growth(String name, int count) {
        return new CreatePartitionsTopic().setName(name).setCount(count).setAssignments(null);
    }

    @Test
    void topicsGrow() throws Exception {
        ONE.create("grows", 2);
        int from = ONE.node().since(0).size();
        CreatePartitionsRequestData request =
                new CreatePartitionsRequestData().setTimeoutMs(30_000);
        request.topics().add(growth("grows", 4));
        request.topics().add(growth("unheard-of", 4));
        CreatePartitionsResponseData response =
                ONE.node().ask(request, CreatePartitionsResponseData.class);
        assertEquals(
                Set.of("grows NONE", "unheard-of UNKNOWN_TOPIC_OR_PARTITION"),
                response.results().stream()
                        .map(one -> one.name() + " " + OneNode.error(one.errorCode()))
                        .collect(Collectors.toSet()));
        ONE.node().await(_ -> grown(from).size() == 2);
        assertEquals(4, ONE.topic("grows").partitions().size());
        assertEquals(
                List.of(2, 3), grown(from).stream().map(told -> told.after().index()).toList());
        assertTrue(grown(from).stream().allMatch(told -> told.before().isEmpty()));
        assertTrue(
                ONE.node().since(from).stream().allMatch(told -> told.delta().created().isEmpty()));
    }

    private static List<PartitionDelta> grown(int from) {
        return ONE.node().since(from).stream()
                .flatMap(told -> told.delta().partitions().stream())
                .filter(told -> told.topic().name().equals("grows"))
                .toList();
    }

    @Test
    void whoChangesTooMuchIsHeldBack() throws Exception {
        Caller greedy = new Caller("User:greedy", "c", partitions -> partitions > 3 ? 500 : 0);
        CreateTopicsRequestData request = Node.creation("too-wide", 4);
        ControllerCall call = new ControllerCall(request, (short) 7, greedy);
        CreateTopicsResponseData response = ONE.node().ask(call, CreateTopicsResponseData.class);
        assertEquals(
                Errors.THROTTLING_QUOTA_EXCEEDED,
                OneNode.error(response.topics().find("too-wide").errorCode()));
    }

    @Test
    void thereIsNoTimeLeft() throws Exception {
        CreateTopicsRequestData request = Node.creation("late", 1).setTimeoutMs(-1);
        assertEquals(Errors.REQUEST_TIMED_OUT, ONE.created(request, "late"));
        assertNull(ONE.image().topics().named("late").orElse(null));
    }
}
