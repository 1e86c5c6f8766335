package hallows.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData.Cursor;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData.TopicRequest;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

class PartitionsAnswerTest {
    private final ClusterView view = new ClusterView(Images.orchard(), Images.LISTENER);

    @Test
    void pagesBringEveryPartitionOnce() {
        for (int most = 1; most < 7; most++) {
            List<String> seen = new ArrayList<>();
            DescribeTopicPartitionsRequestData request = new DescribeTopicPartitionsRequestData();
            DescribeTopicPartitionsResponseData page;
            do {
                page = new PartitionsAnswer(view, most).to(request);
                page.topics()
                        .forEach(topic ->
                                topic.partitions()
                                        .forEach(one ->
                                                seen.add(topic.name() + one.partitionIndex())));
                var next = page.nextCursor();
                if (next != null) {
                    request.setCursor(
                            new Cursor()
                                    .setTopicName(next.topicName())
                                    .setPartitionIndex(next.partitionIndex()));
                }
            } while (page.nextCursor() != null);
            assertEquals(List.of("apples0", "apples1", "apples2", "pears0", "pears1"), seen);
        }
    }

    @Test
    void aPartitionIsDescribedInFull() {
        var partition = answer(request("pears")).topics().find("pears").partitions().getFirst();
        assertEquals(2, partition.leaderId());
        assertEquals(5, partition.leaderEpoch());
        assertEquals(List.of(2, 3), partition.replicaNodes());
        assertEquals(List.of(2), partition.isrNodes());
        assertEquals(List.of(3), partition.offlineReplicas());
    }

    @Test
    void whoIsNotReachedThroughTheListenerLeadsNobody() {
        ClusterView other = new ClusterView(Images.orchard(), "ELSEWHERE");
        var topic = new PartitionsAnswer(other, 9).to(request("pears")).topics().find("pears");
        assertEquals(-1, topic.partitions().getFirst().leaderId());
    }

    @Test
    void topicsThatAreNotThereAreNamed() {
        DescribeTopicPartitionsResponseData answer = answer(request("a b", "apples", "plums"));
        assertEquals(
                Errors.INVALID_TOPIC_EXCEPTION.code(), answer.topics().find("a b").errorCode());
        assertEquals(
                Errors.UNKNOWN_TOPIC_OR_PARTITION.code(),
                answer.topics().find("plums").errorCode());
        assertNull(answer.nextCursor());
    }

    @Test
    void aCursorThatCannotBeIsRefused() {
        for (Cursor cursor :
                List.of(
                        new Cursor().setTopicName("pears").setPartitionIndex(0),
                        new Cursor().setTopicName("apples").setPartitionIndex(-1))) {
            DescribeTopicPartitionsResponseData answer =
                    answer(request("apples").setCursor(cursor));
            assertEquals(Errors.INVALID_REQUEST.code(), answer.topics().find("apples").errorCode());
        }
    }

    private DescribeTopicPartitionsResponseData answer(DescribeTopicPartitionsRequestData asked) {
        return new PartitionsAnswer(view, 100).to(asked);
    }

    private static DescribeTopicPartitionsRequestData request(String... names) {
        DescribeTopicPartitionsRequestData request = new DescribeTopicPartitionsRequestData();
        for (String name : names) {
            request.topics().add(new TopicRequest().setName(name));
        }
        return request;
    }
}
