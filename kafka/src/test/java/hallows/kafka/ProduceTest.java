package hallows.kafka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hallows.cluster.ClusterImage;
import hallows.cluster.Controller;
import hallows.cluster.TopicImage;
import hallows.model.ErrorCode;
import hallows.model.Outcome;
import hallows.model.RecordFault;
import hallows.model.TopicId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.Test;

/// Produce, from the frame of a request to the frame of its reply, at every version.
class ProduceTest {
    /// For those who change no topics.
    static final Controller NO_CONTROLLER =
            _ -> {
                throw new AssertionError("nobody asks the controller");
            };

    private static final int LATEST = ApiKeys.PRODUCE.latestVersion();

    @Test
    void everyVersionAppendsItsBytesAndHearsWhere() {
        with(front -> {
            for (int version = 3; version <= LATEST; version++) {
                MemoryRecords records = records("v" + version);
                PartitionProduceResponse told = one(front, request(version, 0, records), version);
                List<byte[]> log = front.broker().log(Images.partition(Images.APPLES, 0));
                assertEquals(Errors.NONE.code(), told.errorCode());
                assertEquals(log.size() - 1, told.baseOffset());
                assertEquals(-1, told.logAppendTimeMs());
                assertEquals(version < 5 ? -1 : 0, told.logStartOffset());
                assertArrayEquals(records.buffer().array(), log.getLast());
            }
        });
    }

    @Test
    void whatIsNotThereIsSaid() {
        with(front -> {
            for (int version = 3; version <= LATEST; version++) {
                short missing = one(front, request(version, 9, records("a")), version).errorCode();
                assertEquals(Errors.UNKNOWN_TOPIC_OR_PARTITION.code(), missing);
                ProduceRequestData unknown = request(version, 0, records("a"));
                TopicProduceData topic = unknown.topicData().iterator().next().duplicate();
                unknown.topicData().clear();
                topic.setName(version < 13 ? "plums" : "");
                topic.setTopicId(TopicRef.uuid(new TopicId(5, 5)));
                unknown.topicData().add(topic);
                Errors expected =
                        version < 13 ? Errors.UNKNOWN_TOPIC_OR_PARTITION : Errors.UNKNOWN_TOPIC_ID;
                assertEquals(expected.code(), one(front, unknown, version).errorCode());
            }
        });
    }

    @Test
    void whoAsksTheWrongBrokerIsShownTheRightOne() {
        with(front -> {
            front.broker().elsewhere.add(Images.partition(Images.APPLES, 0));
            for (int version = 3; version <= LATEST; version++) {
                ProduceResponseData reply = ask(front, request(version, 0, records("a")), version);
                PartitionProduceResponse told = only(reply);
                assertEquals(Errors.NOT_LEADER_OR_FOLLOWER.code(), told.errorCode());
                assertEquals(version < 10 ? -1 : 1, told.currentLeader().leaderId());
                assertEquals(version < 10 ? -1 : 5, told.currentLeader().leaderEpoch());
                assertEquals(version < 10 ? 0 : 1, reply.nodeEndpoints().size());
                if (version >= 10) {
                    assertEquals("host1", reply.nodeEndpoints().find(1).host());
                    assertEquals(9001, reply.nodeEndpoints().find(1).port());
                    assertEquals("rack1", reply.nodeEndpoints().find(1).rack());
                }
            }
        });
    }

    @Test
    void whoWaitedForTheWrongBrokerIsShownTheOneThatLeadsNow() {
        with(front -> {
            front.broker().elsewhere.add(Images.partition(Images.APPLES, 0));
            front.broker().beforeAppended =
                    () ->
                            front.broker().image =
                                    Images.of(
                                            List.of(Images.broker(2, Images.LISTENER)),
                                            List.of(Images.topic("apples", 7, 3, 2)));
            ProduceResponseData reply = ask(front, request(LATEST, 0, records("a")), LATEST);
            assertEquals(2, only(reply).currentLeader().leaderId());
            assertEquals("host2", reply.nodeEndpoints().find(2).host());
        });
    }

    @Test
    void recordsThatAreToBlameAreNamed() {
        with(front -> {
            front.broker().elsewhere.add(Images.partition(Images.APPLES, 0));
            RecordFault fault = new RecordFault(3, ErrorCode.INVALID_RECORD, "no key");
            front.broker().refusal =
                    new Outcome.Refused(ErrorCode.INVALID_RECORD, "words", List.of(fault));
            for (int version = 8; version <= LATEST; version++) {
                PartitionProduceResponse told =
                        one(front, request(version, 0, records("a")), version);
                assertEquals(Errors.INVALID_RECORD.code(), told.errorCode());
                assertEquals("words", told.errorMessage());
                assertEquals(3, told.recordErrors().getFirst().batchIndex());
                assertEquals("no key", told.recordErrors().getFirst().batchIndexErrorMessage());
            }
        });
    }

    @Test
    void acknowledgementsThatKafkaDoesNotKnowAreRefused() {
        with(front -> {
            ProduceRequestData request = request(9, 0, records("a")).setAcks((short) 2);
            assertEquals(Errors.INVALID_REQUIRED_ACKS.code(), one(front, request, 9).errorCode());
        });
    }

    @Test
    void whoDoesTwoThingsWrongIsToldOfTheAcknowledgements() {
        TopicImage internal = Images.topic("__consumer_offsets", 9, 1, 1);
        ClusterImage image =
                Images.of(List.of(Images.broker(1, Images.LISTENER)), List.of(internal));
        try (FrontScenario front = new FrontScenario(1, image, NO_CONTROLLER)) {
            ProduceRequestData request = request(9, 0, records("a"));
            TopicProduceData topic = request.topicData().iterator().next().duplicate();
            request.topicData().clear();
            request.topicData().add(topic.setName(internal.name()));
            assertEquals(Errors.INVALID_TOPIC_EXCEPTION.code(), one(front, request, 9).errorCode());
            assertEquals(
                    Errors.INVALID_REQUIRED_ACKS.code(),
                    one(front, request.setAcks((short) 2), 9).errorCode());
        }
    }

    @Test
    void aBatchOfATransactionNeedsARequestOfOne() {
        with(front -> {
            MemoryRecords records =
                    MemoryRecords.withTransactionalRecords(
                            Compression.NONE,
                            1,
                            (short) 0,
                            0,
                            new SimpleRecord("a".getBytes(StandardCharsets.UTF_8)));
            Errors expected = Errors.TRANSACTIONAL_ID_AUTHORIZATION_FAILED;
            assertEquals(expected.code(), one(front, request(9, 0, records), 9).errorCode());
        });
    }

    @Test
    void oldClientsDoNotSendZStandard() {
        with(front -> {
            MemoryRecords records =
                    MemoryRecords.withRecords(
                            Compression.zstd().build(),
                            new SimpleRecord("a".getBytes(StandardCharsets.UTF_8)));
            Errors expected = Errors.UNSUPPORTED_COMPRESSION_TYPE;
            assertEquals(expected.code(), one(front, request(6, 0, records), 6).errorCode());
            assertEquals(Errors.NONE.code(), one(front, request(7, 0, records), 7).errorCode());
        });
    }

    @Test
    void whoWantsNoReplyGetsNoneAndLosesTheConnectionOverAnError() {
        with(front -> {
            RawClient client = front.connect();
            front.send(client, request(9, 0, records("a")).setAcks((short) 0), 9);
            int second = front.send(client, request(9, 0, records("b")), 9);
            front.run(() -> !client.frames().isEmpty());
            assertEquals(second, Frames.correlationId(client.frames().getFirst()));
            front.send(client, request(9, 9, records("c")).setAcks((short) 0), 9);
            front.run(() -> client.closed);
            assertEquals(1, client.frames().size());
            assertEquals(2, front.broker().log(Images.partition(Images.APPLES, 0)).size());
        });
    }

    static ProduceRequestData request(int version, int partition, MemoryRecords records) {
        TopicProduceData topic = new TopicProduceData();
        if (version < 13) {
            topic.setName("apples");
        } else {
            topic.setTopicId(TopicRef.uuid(Images.APPLES.id()));
        }
        topic.partitionData()
                .add(new PartitionProduceData().setIndex(partition).setRecords(records));
        ProduceRequestData request =
                new ProduceRequestData().setAcks((short) -1).setTimeoutMs(1000);
        request.topicData().add(topic);
        return request;
    }

    static MemoryRecords records(String value) {
        return MemoryRecords.withRecords(
                Compression.NONE, new SimpleRecord(value.getBytes(StandardCharsets.UTF_8)));
    }

    private static PartitionProduceResponse one(
            FrontScenario front, ProduceRequestData request, int version) {
        return only(ask(front, request, version));
    }

    private static PartitionProduceResponse only(ProduceResponseData reply) {
        assertEquals(1, reply.responses().size());
        return reply.responses().iterator().next().partitionResponses().getFirst();
    }

    private static ProduceResponseData ask(
            FrontScenario front, ProduceRequestData request, int version) {
        RawClient client = front.clients.isEmpty() ? front.connect() : front.clients.getFirst();
        return front.ask(client, request, version, new ProduceResponseData());
    }

    private static void with(Consumer<FrontScenario> test) {
        try (FrontScenario front = scenario(1)) {
            test.accept(front);
        }
    }

    static FrontScenario scenario(long seed) {
        return new FrontScenario(seed, Images.orchard(), NO_CONTROLLER);
    }
}
