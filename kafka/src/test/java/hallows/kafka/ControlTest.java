package hallows.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.cluster.ControllerCall;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.message.CreateTopicsResponseData.CreatableTopicResult;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.DeleteTopicsResponseData;
import org.apache.kafka.common.message.DescribeClusterRequestData;
import org.apache.kafka.common.message.DescribeClusterResponseData;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

/// What is answered from a picture of the cluster or by its controller, frame to frame, at every
/// version.
class ControlTest {
    private final List<ControllerCall> asked = new ArrayList<>();

    @Test
    void metadataIsToldAtEveryVersion() {
        with((front, client) -> {
            for (int version = 0; version <= ApiKeys.METADATA.latestVersion(); version++) {
                MetadataRequestData request = names("pears", "apples", "pears");
                MetadataResponseData told =
                        front.ask(client, request, version, new MetadataResponseData());
                assertEquals(2, told.brokers().size(), "the fenced one is not told of");
                assertEquals("host2", told.brokers().find(2).host());
                assertEquals(2, told.topics().size());
                var apples = told.topics().find("apples");
                assertEquals(3, apples.partitions().size());
                var partition = apples.partitions().get(1);
                Errors expected = version == 0 ? Errors.REPLICA_NOT_AVAILABLE : Errors.NONE;
                assertEquals(expected.code(), partition.errorCode());
                assertEquals(1, partition.leaderId());
                assertEquals(version == 0 ? List.of(1) : List.of(1, 3), partition.replicaNodes());
                assertEquals(List.of(1), partition.isrNodes());
                assertEquals(version < 5 ? List.of() : List.of(3), partition.offlineReplicas());
            }
        });
    }

    @Test
    void anyBrokerThatServesPassesForTheController() {
        with((front, client) -> {
            MetadataResponseData told = metadata(front, client, names(), 9);
            assertTrue(told.controllerId() == 1 || told.controllerId() == 2);
            assertEquals("orchard", told.clusterId());
            assertEquals(-1, metadata(front, client, names(), 0).controllerId());
        });
    }

    @Test
    void allTopicsAreAskedForInTwoWays() {
        with((front, client) -> {
            MetadataRequestData oldest = new MetadataRequestData();
            assertEquals(2, metadata(front, client, oldest, 0).topics().size());
            assertEquals(0, metadata(front, client, oldest, 1).topics().size());
            MetadataRequestData all = new MetadataRequestData().setTopics(null);
            assertEquals(2, metadata(front, client, all, 9).topics().size());
        });
    }

    private static MetadataResponseData metadata(
            FrontScenario front, RawClient client, MetadataRequestData request, int version) {
        return front.ask(client, request, version, new MetadataResponseData());
    }

    @Test
    void topicsAreFoundByIdAndAskedForWithIt() {
        with((front, client) -> {
            MetadataRequestData request = new MetadataRequestData();
            Uuid apples = TopicRef.uuid(Images.APPLES.id());
            Uuid nobody = new Uuid(3, 4);
            for (Uuid id : List.of(apples, nobody)) {
                request.topics().add(new MetadataRequestTopic().setName(null).setTopicId(id));
            }
            MetadataResponseData told = metadata(front, client, request, 12);
            assertEquals(apples, told.topics().find("apples").topicId());
            assertEquals(
                    Errors.UNKNOWN_TOPIC_ID.code(), told.topics().find((String) null).errorCode());
            MetadataResponseData refused = metadata(front, client, request, 10);
            assertEquals(Errors.INVALID_REQUEST.code(), refused.topics().find("").errorCode());
        });
    }

    @Test
    void aMissingTopicIsCreatedOnceAndOnlyIfItMay() {
        with((front, client) -> {
            MetadataRequestData request = names("plums", "not a name");
            MetadataResponseData told = metadata(front, client, request, 9);
            assertEquals(
                    Errors.UNKNOWN_TOPIC_OR_PARTITION.code(),
                    told.topics().find("plums").errorCode());
            assertEquals(
                    Errors.INVALID_TOPIC_EXCEPTION.code(),
                    told.topics().find("not a name").errorCode());
            metadata(front, client, request, 9);
            assertEquals(1, asked.size(), "while it is underway nobody asks again");
            CreateTopicsRequestData creation = (CreateTopicsRequestData) asked.getFirst().request();
            assertNotNull(creation.topics().find("plums"));
            assertEquals(1, creation.topics().size());
            metadata(front, client, names("figs").setAllowAutoTopicCreation(false), 9);
            assertEquals(1, asked.size());
        });
    }

    @Test
    void kafkasOwnTopicsAreMadeAsItsCoordinatorsWantThem() {
        with((front, client) -> {
            metadata(front, client, names("__consumer_offsets", "plums"), 9);
            CreateTopicsRequestData creation = (CreateTopicsRequestData) asked.getFirst().request();
            CreatableTopic offsets = creation.topics().find("__consumer_offsets");
            assertEquals(50, offsets.numPartitions());
            assertEquals(1, offsets.replicationFactor());
            assertEquals("compact", offsets.configs().find("cleanup.policy").value());
            CreatableTopic usual = creation.topics().find("plums");
            assertEquals(-1, usual.numPartitions());
            assertEquals(-1, usual.replicationFactor());
            assertTrue(usual.configs().isEmpty());
        });
    }

    @Test
    void whoAsksIsToldWhatHeMayDo() {
        with((front, client) -> {
            MetadataRequestData request =
                    names("apples")
                            .setIncludeTopicAuthorizedOperations(true)
                            .setIncludeClusterAuthorizedOperations(true);
            MetadataResponseData told = metadata(front, client, request, 8);
            assertEquals(0b110111111000, told.topics().find("apples").topicAuthorizedOperations());
            assertEquals(0b1111110100000, told.clusterAuthorizedOperations() & 0b1111110100000);
        });
    }

    @Test
    void theClusterIsDescribed() {
        with((front, client) -> {
            for (int version = 0; version <= 2; version++) {
                DescribeClusterRequestData request =
                        new DescribeClusterRequestData().setIncludeFencedBrokers(version == 2);
                DescribeClusterResponseData told =
                        front.ask(client, request, version, new DescribeClusterResponseData());
                assertEquals("orchard", told.clusterId());
                assertEquals(version == 2 ? 3 : 2, told.brokers().size());
                assertEquals(version == 2, version == 2 && told.brokers().find(3).isFenced());
                assertFalse(told.controllerId() == 3);
            }
            for (byte kind : new byte[] {2, 9}) {
                DescribeClusterRequestData wrong =
                        new DescribeClusterRequestData().setEndpointType(kind);
                DescribeClusterResponseData told =
                        front.ask(client, wrong, 1, new DescribeClusterResponseData());
                Errors expected =
                        kind == 2
                                ? Errors.MISMATCHED_ENDPOINT_TYPE
                                : Errors.UNSUPPORTED_ENDPOINT_TYPE;
                assertEquals(expected.code(), told.errorCode());
            }
        });
    }

    @Test
    void producersGetNumbersAndTransactionsNone() {
        with((front, client) -> {
            for (int version = 0; version <= 5; version++) {
                InitProducerIdRequestData plain =
                        new InitProducerIdRequestData().setTransactionalId(null);
                assertEquals(1000 + version, number(front, client, plain, version).producerId());
                InitProducerIdRequestData transactional =
                        new InitProducerIdRequestData()
                                .setTransactionalId("t")
                                .setTransactionTimeoutMs(1000);
                InitProducerIdResponseData told = number(front, client, transactional, version);
                assertEquals(Errors.NOT_COORDINATOR.code(), told.errorCode());
                assertEquals(-1, told.producerId());
            }
            InitProducerIdRequestData half =
                    new InitProducerIdRequestData().setTransactionalId(null).setProducerId(5);
            assertEquals(Errors.INVALID_REQUEST.code(), number(front, client, half, 3).errorCode());
            InitProducerIdRequestData empty = new InitProducerIdRequestData();
            assertEquals(
                    Errors.INVALID_REQUEST.code(), number(front, client, empty, 3).errorCode());
            assertEquals(
                    Errors.INVALID_TRANSACTION_TIMEOUT.code(),
                    number(front, client, empty.setTransactionalId("t"), 3).errorCode());
        });
    }

    private static InitProducerIdResponseData number(
            FrontScenario front, RawClient client, InitProducerIdRequestData request, int version) {
        return front.ask(client, request, version, new InitProducerIdResponseData());
    }

    @Test
    void topicsAreCreatedAndDeletedByTheController() {
        with((front, client) -> {
            CreateTopicsRequestData create = new CreateTopicsRequestData();
            create.topics().add(new CreatableTopic().setName("figs").setNumPartitions(1));
            for (int version = 2; version <= 7; version++) {
                var told = front.ask(client, create, version, new CreateTopicsResponseData());
                assertEquals(87, told.topics().find("figs").errorCode());
                assertEquals(version, asked.getLast().version());
                assertEquals(Frames.CLIENT, asked.getLast().caller().clientId());
            }
            DeleteTopicsRequestData delete = new DeleteTopicsRequestData();
            for (int version = 1; version <= 6; version++) {
                front.ask(client, delete, version, new DeleteTopicsResponseData());
                assertEquals(ApiKeys.DELETE_TOPICS.id, asked.getLast().request().apiKey());
            }
        });
    }

    private static MetadataRequestData names(String... names) {
        MetadataRequestData request = new MetadataRequestData();
        for (String name : names) {
            request.topics().add(new MetadataRequestTopic().setName(name));
        }
        return request;
    }

    /// What is tried with a client.
    private interface Trial {
        void with(FrontScenario front, RawClient client);
    }

    private void with(Trial trial) {
        try (FrontScenario front = new FrontScenario(1, Images.orchard(), this::answer)) {
            trial.with(front, front.connect());
        }
    }

    /// Topics that are created for others are never finished.
    private CompletableFuture<ApiMessage> answer(ControllerCall call) {
        asked.add(call);
        if (call.caller().equals(ControllerCall.Caller.THIS_NODE)) {
            return new CompletableFuture<>();
        }
        CreateTopicsResponseData created = new CreateTopicsResponseData();
        created.topics().add(new CreatableTopicResult().setName("figs").setErrorCode((short) 87));
        boolean create = call.request().apiKey() == ApiKeys.CREATE_TOPICS.id;
        return CompletableFuture.completedFuture(create ? created : new DeleteTopicsResponseData());
    }
}
