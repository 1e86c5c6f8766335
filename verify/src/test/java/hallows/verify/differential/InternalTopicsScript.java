package hallows.verify.differential;

import java.util.List;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.protocol.ApiKeys;

/// Kafka's own topics: how they come to be, and who may write to them.
final class InternalTopicsScript {
    private static final int LAST = Player.highest(ApiKeys.METADATA);

    private InternalTopicsScript() {}

    static void play(Player on) {
        made(on, "__consumer_offsets", 3);
        made(on, "__transaction_state", 2);
        made(on, "__share_group_state", 4);
        on.ask("the quorum's own comes not to be", LAST, named("__cluster_metadata"));
        on.ask("nor did it", LAST, named("__cluster_metadata"));
    }

    private static void made(Player on, String name, int partitions) {
        on.everyVersion(
                ApiKeys.CREATE_TOPICS,
                name + ", only asked",
                _ -> creation(name).setValidateOnly(true));
        on.ask(name + " comes to be", LAST, named(name));
        Topic.awaitLed(on, name, partitions);
        Topic topic =
                new Topic(
                        name,
                        on.ask(name + " came to be", LAST, named(name))
                                .as(MetadataResponseData.class)
                                .topics()
                                .find(name)
                                .topicId());
        on.ask(name + " again", Player.highest(ApiKeys.CREATE_TOPICS), creation(name));
        for (int acks : new int[] {-1, 1, 2, -2}) {
            on.everyVersion(
                    ApiKeys.PRODUCE,
                    "into " + name + " with acks " + acks,
                    version -> Produces.of(version, topic, Batches.of("x")).setAcks((short) acks));
        }
        on.ask(
                "beside " + name,
                Produces.LAST,
                Produces.of(
                        Produces.LAST, topic, List.of(Produces.partition(99, Batches.of("x")))));
        Fetches.all(on, "what is in " + name, topic, 1);
    }

    private static MetadataRequestData named(String name) {
        return new MetadataRequestData()
                .setTopics(List.of(new MetadataRequestTopic().setName(name)));
    }

    private static CreateTopicsRequestData creation(String name) {
        CreateTopicsRequestData request = new CreateTopicsRequestData().setTimeoutMs(30_000);
        request.topics()
                .add(
                        new CreatableTopic()
                                .setName(name)
                                .setNumPartitions(1)
                                .setReplicationFactor((short) 1));
        return request;
    }
}
