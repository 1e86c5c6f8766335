package hallows.verify.differential;

import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableReplicaAssignment;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopicConfig;
import org.apache.kafka.common.protocol.ApiKeys;
import org.jspecify.annotations.Nullable;

/// CreateTopics: what is made, what is refused and with which words.
final class CreateTopicsScript {
    private static final ApiKeys API = ApiKeys.CREATE_TOPICS;
    private static final int LAST = Player.highest(API);

    private CreateTopicsScript() {}

    static void play(Player on) {
        on.everyVersion(API, "one that is new", version -> of(topic("new-" + version, 2, 1)));
        on.everyVersion(API, "one that is there", version -> of(topic("new-" + version, 2, 1)));
        on.everyVersion(
                API, "only asked", version -> of(topic("asked", 2, 1)).setValidateOnly(true));
        on.everyVersion(API, "a bad name", _ -> of(topic("no/good", 1, 1)));
        on.everyVersion(API, "too many copies", _ -> of(topic("copies", 1, 3)));
        on.everyVersion(API, "an unknown key", _ -> of(with("unknown.key", "1")));
        numbers(on);
        names(on);
        configs(on);
        assignments(on);
    }

    private static void numbers(Player on) {
        on.ask("no partitions", LAST, of(topic("none", 0, 1)));
        on.ask("minus two partitions", LAST, of(topic("minus", -2, 1)));
        on.ask("the usual number of partitions and copies", LAST, of(topic("usual", -1, -1)));
        on.ask("no copies", LAST, of(topic("no-copies", 1, 0)));
        on.ask("minus two copies", LAST, of(topic("minus-copies", 1, -2)));
        on.ask("no topics", LAST, of());
        on.ask("no time", LAST, of(topic("in-a-hurry", 1, 1)).setTimeoutMs(-5));
    }

    private static void names(Player on) {
        on.ask("no name", LAST, of(topic("", 1, 1)));
        on.ask("a dot", LAST, of(topic(".", 1, 1)));
        on.ask("250 letters", LAST, of(topic("n".repeat(250), 1, 1)));
        on.ask("like another but for a dot", LAST, of(topic("a.b", 1, 1), topic("a_b", 1, 1)));
        on.ask("twice", LAST, of(topic("twice", 1, 1), topic("twice", 2, 1)));
        on.ask("good beside bad", LAST, of(topic("good", 1, 1), topic("b a d", 1, 1)));
        on.ask("Kafka's own", LAST, of(topic("__cluster_metadata", 1, 1)));
    }

    private static void configs(Player on) {
        on.ask("compacted", LAST, of(with("cleanup.policy", "compact")));
        on.ask("an impossible value", LAST, of(with("retention.ms", "soon")));
        on.ask("a value out of range", LAST, of(with("max.message.bytes", "-1")));
        on.ask("no value", LAST, of(with("retention.ms", null)));
        on.ask("more copies in step than there are", LAST, of(with("min.insync.replicas", "2")));
    }

    private static void assignments(Player on) {
        on.ask("by hand", LAST, of(byHand("by-hand", List.of(0, 1), 1)));
        on.ask("by hand, unknown broker", LAST, of(byHand("stranger", List.of(0), 9)));
        on.ask("by hand, a gap", LAST, of(byHand("gap", List.of(0, 2), 1)));
        on.ask("by hand, a broker twice", LAST, of(byHand("broker-twice", List.of(0), 1, 1)));
        on.ask("by hand, no brokers", LAST, of(byHand("nobody", List.of(0))));
        on.ask("by hand, uneven", LAST, of(byHand("uneven", List.of(0), 1).setNumPartitions(4)));
    }

    private static CreateTopicsRequestData of(CreatableTopic... topics) {
        CreateTopicsRequestData request = new CreateTopicsRequestData().setTimeoutMs(30_000);
        request.topics().addAll(Arrays.asList(topics));
        return request;
    }

    private static CreatableTopic topic(String name, int partitions, int copies) {
        return new CreatableTopic()
                .setName(name)
                .setNumPartitions(partitions)
                .setReplicationFactor((short) copies);
    }

    private static CreatableTopic with(String key, @Nullable String value) {
        CreatableTopic topic = topic("with-" + key + "-" + value, 1, 1);
        topic.configs().add(new CreatableTopicConfig().setName(key).setValue(value));
        return topic;
    }

    private static CreatableTopic byHand(String name, List<Integer> partitions, Integer... ids) {
        CreatableTopic topic = topic(name, -1, -1);
        for (int partition : partitions) {
            topic.assignments()
                    .add(
                            new CreatableReplicaAssignment()
                                    .setPartitionIndex(partition)
                                    .setBrokerIds(Arrays.asList(ids)));
        }
        return topic;
    }
}
