package hallows.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import hallows.cluster.ClusterImage;
import hallows.cluster.TopicImage;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.message.FetchRequestData.ReplicaState;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.junit.jupiter.api.Test;

/// Fetch, from the frame of a request to the frame of its reply, at every version.
class FetchTest {
    private static final int LATEST = ApiKeys.FETCH.latestVersion();

    @Test
    void everyVersionReadsTheBytesThatWereAppended() {
        with(front -> {
            MemoryRecords records = ProduceTest.records("apple");
            byte[] batch = records.buffer().array();
            front.broker().log(Images.partition(Images.APPLES, 0)).add(batch);
            for (int version = 4; version <= LATEST; version++) {
                FetchResponseData reply = ask(front, request(version, 0, 0, -1), version);
                PartitionData told = only(reply);
                assertEquals(Errors.NONE.code(), told.errorCode());
                assertEquals(records, told.records());
                assertEquals(1, told.highWatermark());
                assertEquals(1, told.lastStableOffset());
                assertEquals(version < 5 ? -1 : 0, told.logStartOffset());
                assertNull(told.abortedTransactions());
                assertEquals(-1, told.preferredReadReplica());
                assertEquals(0, reply.sessionId());
                assertEquals(version < 13 ? "apples" : "", reply.responses().getFirst().topic());
            }
        });
    }

    @Test
    void whoReadsWhatIsCommittedHearsOfNoAbortedTransactions() {
        with(front -> {
            FetchRequestData request = request(12, 0, 0, -1).setIsolationLevel((byte) 1);
            assertEquals(List.of(), only(ask(front, request, 12)).abortedTransactions());
        });
    }

    @Test
    void errorsAreSaid() {
        with(front -> {
            for (int version = 4; version <= LATEST; version++) {
                assertError(front, Errors.OFFSET_OUT_OF_RANGE, request(version, 0, 9, -1), version);
                assertError(
                        front,
                        Errors.UNKNOWN_TOPIC_OR_PARTITION,
                        request(version, 8, 0, -1),
                        version);
                FetchRequestData unknown = request(version, 0, 0, -1);
                unknown.topics()
                        .getFirst()
                        .setTopic(version < 13 ? "plums" : "")
                        .setTopicId(
                                version < 13
                                        ? TopicRef.uuid(TopicRef.NO_ID)
                                        : TopicRef.uuid(Images.topic("x", 99, 1, 1).id()));
                Errors expected =
                        version < 13 ? Errors.UNKNOWN_TOPIC_OR_PARTITION : Errors.UNKNOWN_TOPIC_ID;
                assertError(front, expected, unknown, version);
            }
        });
    }

    private static void assertError(
            FrontScenario front, Errors error, FetchRequestData request, int version) {
        PartitionData told = only(ask(front, request, version));
        assertEquals(error.code(), told.errorCode(), "version " + version);
        assertEquals(-1, told.highWatermark());
        assertEquals(0, told.records().sizeInBytes());
    }

    @Test
    void whoAsksTheWrongBrokerIsShownTheRightOne() {
        with(front -> {
            front.broker().elsewhere.add(Images.partition(Images.APPLES, 0));
            for (int version = 4; version <= LATEST; version++) {
                FetchResponseData reply = ask(front, request(version, 0, 0, -1), version);
                PartitionData told = only(reply);
                assertEquals(Errors.NOT_LEADER_OR_FOLLOWER.code(), told.errorCode());
                assertEquals(version < 16 ? -1 : 1, told.currentLeader().leaderId());
                assertEquals(version < 16 ? -1 : 5, told.currentLeader().leaderEpoch());
                assertEquals(version < 16 ? 0 : 1, reply.nodeEndpoints().size());
            }
        });
    }

    @Test
    void nobodyFollowsYet() {
        with(front -> {
            FetchRequestData old = request(14, 0, 0, -1).setReplicaId(2);
            assertError(front, Errors.NOT_LEADER_OR_FOLLOWER, old, 14);
            FetchRequestData young = request(17, 0, 0, -1);
            young.setReplicaState(new ReplicaState().setReplicaId(2));
            young.topics().getFirst().partitions().getFirst().setCurrentLeaderEpoch(5);
            assertError(front, Errors.UNKNOWN_LEADER_EPOCH, young, 17);
            young.topics().getFirst().partitions().getFirst().setCurrentLeaderEpoch(4);
            assertError(front, Errors.FENCED_LEADER_EPOCH, young, 17);
        });
    }

    @Test
    void aSessionTellsWhatIsNew() {
        with(front -> {
            for (int version : new int[] {7, 12, 18}) {
                FetchResponseData first = ask(front, request(version, 0, 0, 0), version);
                assertNotEquals(0, first.sessionId());
                assertEquals(1, first.responses().size());
                FetchRequestData next =
                        new FetchRequestData()
                                .setSessionId(first.sessionId())
                                .setSessionEpoch(1)
                                .setMaxBytes(1 << 20);
                FetchResponseData second = ask(front, next, version);
                assertEquals(List.of(), second.responses());
                assertEquals(first.sessionId(), second.sessionId());
                FetchResponseData again = ask(front, next, version);
                assertEquals(Errors.INVALID_FETCH_SESSION_EPOCH.code(), again.errorCode());
                FetchResponseData unknown = ask(front, next.setSessionId(77), version);
                assertEquals(Errors.FETCH_SESSION_ID_NOT_FOUND.code(), unknown.errorCode());
            }
        });
    }

    @Test
    void aSessionKnowsItsTopicByIdAndByTheNameItHad() {
        with(front -> {
            ClusterImage before = front.broker().image;
            int there = ask(front, request(18, 0, 0, 0), 18).sessionId();
            int beyond = ask(front, request(18, 9, 0, 0), 18).sessionId();
            front.broker().image = with(before, Images.PEARS);
            assertSays(front, Errors.UNKNOWN_TOPIC_OR_PARTITION, there, 1);
            assertSays(front, Errors.UNKNOWN_TOPIC_OR_PARTITION, beyond, 1);
            int strange = ask(front, request(18, 0, 0, 0), 18).sessionId();
            front.broker().image = with(before, Images.topic("apples", 99, 3, 1));
            assertSays(front, Errors.INCONSISTENT_TOPIC_ID, there, 2);
            assertSays(front, Errors.UNKNOWN_TOPIC_OR_PARTITION, beyond, 2);
            assertSays(front, Errors.UNKNOWN_TOPIC_ID, strange, 1);
            front.broker().image = before;
            assertSays(front, Errors.NONE, there, 3);
        });
    }

    private static ClusterImage with(ClusterImage image, TopicImage topic) {
        return Images.of(List.copyOf(image.brokers().values()), List.of(topic));
    }

    private static void assertSays(FrontScenario front, Errors error, int session, int epoch) {
        FetchRequestData next =
                new FetchRequestData()
                        .setSessionId(session)
                        .setSessionEpoch(epoch)
                        .setMaxBytes(1 << 20);
        assertEquals(error.code(), only(ask(front, next, 18)).errorCode());
    }

    static FetchRequestData request(int version, int partition, long offset, int epoch) {
        FetchTopic topic = new FetchTopic();
        if (version < 13) {
            topic.setTopic("apples");
        } else {
            topic.setTopicId(TopicRef.uuid(Images.APPLES.id()));
        }
        topic.setPartitions(
                List.of(
                        new FetchPartition()
                                .setPartition(partition)
                                .setFetchOffset(offset)
                                .setPartitionMaxBytes(1 << 20)));
        return new FetchRequestData()
                .setMaxBytes(1 << 20)
                .setSessionEpoch(epoch)
                .setTopics(List.of(topic));
    }

    private static PartitionData only(FetchResponseData reply) {
        assertEquals(1, reply.responses().size());
        return reply.responses().getFirst().partitions().getFirst();
    }

    private static FetchResponseData ask(
            FrontScenario front, FetchRequestData request, int version) {
        RawClient client = front.clients.isEmpty() ? front.connect() : front.clients.getFirst();
        return front.ask(client, request, version, new FetchResponseData());
    }

    private static void with(Consumer<FrontScenario> test) {
        try (FrontScenario front = ProduceTest.scenario(1)) {
            test.accept(front);
        }
    }
}
