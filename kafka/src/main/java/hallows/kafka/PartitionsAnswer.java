package hallows.kafka;

import hallows.cluster.PartitionImage;
import hallows.cluster.TopicImage;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData.Cursor;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData.DescribeTopicPartitionsResponsePartition;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData.DescribeTopicPartitionsResponseTopic;
import org.apache.kafka.common.protocol.Errors;

/// Answers one DescribeTopicPartitions request from one picture of the cluster: topics by name, and
/// where to go on when there are more partitions than fit.
final class PartitionsAnswer {
    private static final int NO_LEADER = -1;

    private final ClusterView view;
    private final int partitionsMax;

    PartitionsAnswer(ClusterView view, int partitionsMax) {
        this.view = view;
        this.partitionsMax = partitionsMax;
    }

    /// Where a page begins.
    ///
    /// @param topic with this topic, or the first after it
    /// @param partition with this partition of the topic
    private record Start(String topic, int partition) {
        static Start of(DescribeTopicPartitionsRequestData asked) {
            var cursor = asked.cursor();
            return cursor == null
                    ? new Start("", 0)
                    : new Start(cursor.topicName(), cursor.partitionIndex());
        }
    }

    /// The answer to a request.
    DescribeTopicPartitionsResponseData to(DescribeTopicPartitionsRequestData asked) {
        boolean all = asked.topics().isEmpty();
        Start start = Start.of(asked);
        SortedSet<String> names = names(asked);
        boolean lost = !all && asked.cursor() != null && !names.contains(start.topic());
        if (lost || start.partition() < 0) {
            return refused(asked);
        }
        DescribeTopicPartitionsResponseData answer = new DescribeTopicPartitionsResponseData();
        int room = Math.max(1, Math.min(partitionsMax, asked.responsePartitionLimit()));
        for (String name : names.tailSet(start.topic())) {
            int from = name.equals(start.topic()) ? start.partition() : 0;
            if (room == 0) {
                answer.setNextCursor(cursor(name, from));
                break;
            }
            int taken = add(answer, name, new Page(from, room));
            if (answer.nextCursor() != null) {
                break;
            }
            room -= taken;
        }
        return answer;
    }

    private SortedSet<String> names(DescribeTopicPartitionsRequestData asked) {
        SortedSet<String> names = new TreeSet<>();
        if (asked.topics().isEmpty()) {
            view.image().topics().stream().forEach(topic -> names.add(topic.name()));
        } else {
            asked.topics().forEach(topic -> names.add(topic.name()));
        }
        return names;
    }

    /// Which partitions of a topic.
    private record Page(int from, int most) {}

    /// Adds a topic; how many partitions that took.
    private int add(DescribeTopicPartitionsResponseData answer, String name, Page page) {
        Optional<TopicImage> found = view.image().topics().named(name);
        DescribeTopicPartitionsResponseTopic topic =
                new DescribeTopicPartitionsResponseTopic()
                        .setName(name)
                        .setIsInternal(Topic.isInternal(name))
                        .setTopicAuthorizedOperations(Rights.ofTopic());
        answer.topics().add(topic);
        if (found.isEmpty()) {
            topic.setErrorCode(ClusterView.unknownTopic(name).code());
            return 0;
        }
        List<PartitionImage> partitions = found.get().partitions();
        int end = (int) Math.min(partitions.size(), (long) page.from() + page.most());
        int from = Math.min(page.from(), end);
        topic.setTopicId(TopicRef.uuid(found.get().id()))
                .setPartitions(
                        partitions.subList(from, end).stream().map(this::partition).toList());
        if (end < partitions.size()) {
            answer.setNextCursor(cursor(name, end));
        }
        return end - from;
    }

    private static Cursor cursor(String topic, int partition) {
        return new Cursor().setTopicName(topic).setPartitionIndex(partition);
    }

    private DescribeTopicPartitionsResponsePartition partition(PartitionImage partition) {
        return new DescribeTopicPartitionsResponsePartition()
                .setPartitionIndex(partition.index())
                .setLeaderId(view.leader(partition).orElse(NO_LEADER))
                .setLeaderEpoch(partition.leaderEpoch())
                .setReplicaNodes(ClusterView.list(partition.replicas()))
                .setIsrNodes(ClusterView.list(partition.isr()))
                .setOfflineReplicas(view.offline(partition))
                .setEligibleLeaderReplicas(ClusterView.list(partition.eligible()))
                .setLastKnownElr(ClusterView.list(partition.lastKnownEligible()));
    }

    private static DescribeTopicPartitionsResponseData refused(
            DescribeTopicPartitionsRequestData asked) {
        DescribeTopicPartitionsResponseData answer = new DescribeTopicPartitionsResponseData();
        asked.topics()
                .forEach(topic ->
                        answer.topics()
                                .add(
                                        new DescribeTopicPartitionsResponseTopic()
                                                .setName(topic.name())
                                                .setErrorCode(Errors.INVALID_REQUEST.code())));
        return answer;
    }
}
