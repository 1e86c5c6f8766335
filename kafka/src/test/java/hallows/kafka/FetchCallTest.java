package hallows.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hallows.broker.Fetch;
import hallows.log.Isolation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.message.FetchRequestData.ForgottenTopic;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.junit.jupiter.api.Test;

/// We read what Kafka's class reads, at every version.
class FetchCallTest {
    private static final int MESSAGES = 200;

    @Test
    void everyVersionIsReadAsKafkaReadsIt() {
        RandomMessages messages = new RandomMessages(6);
        for (short version = 4; version <= ApiKeys.FETCH.latestVersion(); version++) {
            for (int i = 0; i < MESSAGES; i++) {
                ByteBuffer bytes = ByteBuffer.wrap(messages.request(ApiKeys.FETCH, version));
                FetchRequestData theirs =
                        new FetchRequestData(new ByteBufferAccessor(bytes.duplicate()), version);
                WireReader in = new WireReader(bytes, 0, version >= 12);
                assertEquals(expected(theirs, version), FetchCall.read(in, version));
            }
        }
    }

    private static FetchCall expected(FetchRequestData theirs, int version) {
        Isolation isolation =
                theirs.isolationLevel() == 1 ? Isolation.COMMITTED : Isolation.UNCOMMITTED;
        Fetch.Limits limits =
                new Fetch.Limits(
                        theirs.minBytes(),
                        Math.max(0, theirs.maxBytes()),
                        Math.max(0, theirs.maxWaitMs()),
                        isolation);
        Map<PartitionRef, Fetch.Position.Place> places = new LinkedHashMap<>();
        for (FetchTopic topic : theirs.topics()) {
            TopicRef ref = new TopicRef(topic.topic(), TopicRef.id(topic.topicId()));
            topic.partitions()
                    .forEach(part ->
                            places.put(new PartitionRef(ref, part.partition()), place(part)));
        }
        List<PartitionRef> forgotten = new ArrayList<>();
        for (ForgottenTopic topic : theirs.forgottenTopicsData()) {
            TopicRef ref = new TopicRef(topic.topic(), TopicRef.id(topic.topicId()));
            topic.partitions().forEach(part -> forgotten.add(new PartitionRef(ref, part)));
        }
        int replica = version < 15 ? theirs.replicaId() : theirs.replicaState().replicaId();
        FetchCall.SessionRef session =
                new FetchCall.SessionRef(theirs.sessionId(), theirs.sessionEpoch());
        return new FetchCall(limits, session, replica, places, forgotten);
    }

    private static Fetch.Position.Place place(FetchPartition part) {
        return new Fetch.Position.Place(
                part.fetchOffset(),
                Math.max(0, part.partitionMaxBytes()),
                Math.max(-1, part.currentLeaderEpoch()),
                Math.max(-1, part.lastFetchedEpoch()));
    }
}
