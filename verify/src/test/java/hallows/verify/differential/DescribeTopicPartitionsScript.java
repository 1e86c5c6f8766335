package hallows.verify.differential;

import java.util.stream.Stream;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData.Cursor;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData.TopicRequest;

/// DescribeTopicPartitions: page by page, with places to go on from that are there or not.
final class DescribeTopicPartitionsScript {
    private DescribeTopicPartitionsScript() {}

    static void play(Player on) {
        Topic.create(on, "pages-b", 3);
        Topic.create(on, "pages-a", 2);
        on.ask("named", 0, of("pages-b", "pages-a"));
        on.ask("twice", 0, of("pages-a", "pages-a"));
        on.ask("all", 0, of());
        on.ask("unknown", 0, of("unknown", "pages-a"));
        on.ask("a bad name", 0, of("no good"));
        for (int limit = -1; limit <= 6; limit++) {
            on.ask("pages of " + limit, 0, both().setResponsePartitionLimit(limit));
        }
        from(on, "pages-a", 1);
        from(on, "pages-a", 2);
        from(on, "pages-b", 0);
        from(on, "pages-b", 1);
        from(on, "pages-aa", 0);
        from(on, "pages-c", 0);
        from(on, "pages-a", -1);
        from(on, "", 0);
    }

    private static void from(Player on, String topic, int partition) {
        Cursor cursor = new Cursor().setTopicName(topic).setPartitionIndex(partition);
        on.ask(
                "from " + topic + " " + partition,
                0,
                both().setCursor(cursor).setResponsePartitionLimit(2));
    }

    private static DescribeTopicPartitionsRequestData both() {
        return of("pages-a", "pages-b");
    }

    private static DescribeTopicPartitionsRequestData of(String... names) {
        return new DescribeTopicPartitionsRequestData()
                .setTopics(Stream.of(names).map(name -> new TopicRequest().setName(name)).toList());
    }
}
