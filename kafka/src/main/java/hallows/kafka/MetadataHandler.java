package hallows.kafka;

import hallows.cluster.ControllerCall;
import hallows.cluster.TopicPlan;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopicConfig;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.protocol.ApiKeys;

/// Tells clients of topics and brokers, and has topics created for them that are not there.
final class MetadataHandler implements Handler {
    private static final int CREATE_TIMEOUT_MILLIS = 30_000;

    /// As many of everything as the controller thinks right.
    private static final TopicPlan USUAL = new TopicPlan(-1, (short) -1, Map.of());

    private final Station station;
    private final Set<String> beingCreated = new LinkedHashSet<>();

    MetadataHandler(Station station) {
        this.station = station;
    }

    @Override
    public boolean serve(Incoming request) {
        MetadataRequestData asked = request.read(new MetadataRequestData());
        MetadataAnswer answer =
                new MetadataAnswer(station.view(), request.version(), station.dice()::below);
        request.reply(answer.to(asked));
        if (station.options().autoCreateTopics() && asked.allowAutoTopicCreation()) {
            create(answer.creatable());
        }
        return true;
    }

    /// Nobody waits for it: who asked for the topic asks again.
    private void create(Set<String> names) {
        CreateTopicsRequestData request =
                new CreateTopicsRequestData().setTimeoutMs(CREATE_TIMEOUT_MILLIS);
        for (String name : names) {
            if (beingCreated.add(name)) {
                TopicPlan plan = station.options().internalTopics().getOrDefault(name, USUAL);
                request.topics().add(creatable(name, plan));
            }
        }
        if (request.topics().isEmpty()) {
            return;
        }
        Set<String> asked = new LinkedHashSet<>();
        request.topics().forEach(topic -> asked.add(topic.name()));
        short version = ApiKeys.CREATE_TOPICS.latestVersion();
        station.ask(
                new ControllerCall(request, version, ControllerCall.Caller.THIS_NODE),
                _ -> beingCreated.removeAll(asked));
    }

    private static CreatableTopic creatable(String name, TopicPlan plan) {
        CreatableTopic topic =
                new CreatableTopic()
                        .setName(name)
                        .setNumPartitions(plan.partitions())
                        .setReplicationFactor(plan.replicas());
        plan.configs()
                .forEach((key, value) ->
                        topic.configs()
                                .add(new CreatableTopicConfig().setName(key).setValue(value)));
        return topic;
    }
}
