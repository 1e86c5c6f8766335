package hallows.server.kafka;

import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;

/// Adds to the descriptions of topics what is asked elsewhere: offsets from the leaders, and the
/// configuration. What is not told is left out.
final class Descriptions {
    private final Questions questions;

    Descriptions(Questions questions) {
        this.questions = questions;
    }

    Map<String, Result<Topic>> of(Map<String, Result<TopicDescription>> seen) {
        List<TopicDescription> found = new ArrayList<>();
        seen.values()
                .forEach(one -> {
                    if (one instanceof Result.Ok<TopicDescription>(TopicDescription topic)) {
                        found.add(topic);
                    }
                });
        Map<TopicPartition, Long> earliest = offsets(found, OffsetSpec.earliest());
        Map<TopicPartition, Long> latest = offsets(found, OffsetSpec.latest());
        Map<String, Map<String, String>> configs = configs(found);
        Map<String, Result<Topic>> topics = new TreeMap<>();
        seen.forEach((name, one) ->
                topics.put(
                        name,
                        switch (one) {
                            case Result.Failed<TopicDescription>(Fault fault) ->
                                    new Result.Failed<>(fault);
                            case Result.Ok<TopicDescription>(TopicDescription topic) ->
                                    new Result.Ok<>(
                                            new Topic(
                                                    name,
                                                    topic.topicId().toString(),
                                                    topic.isInternal(),
                                                    Optional.ofNullable(configs.get(name)),
                                                    partitions(topic, earliest, latest)));
                        }));
        return topics;
    }

    private static List<Topic.Partition> partitions(
            TopicDescription topic,
            Map<TopicPartition, Long> earliest,
            Map<TopicPartition, Long> latest) {
        return topic.partitions().stream()
                .map(info -> {
                    TopicPartition id = new TopicPartition(topic.name(), info.partition());
                    return new Topic.Partition(
                            info.partition(),
                            hasLeader(info)
                                    ? OptionalInt.of(info.leader().id())
                                    : OptionalInt.empty(),
                            info.replicas().stream().map(Node::id).toList(),
                            info.isr().stream().map(Node::id).toList(),
                            offset(earliest.get(id)),
                            offset(latest.get(id)));
                })
                .toList();
    }

    private static OptionalLong offset(@Nullable Long said) {
        return said == null ? OptionalLong.empty() : OptionalLong.of(said);
    }

    private static boolean hasLeader(TopicPartitionInfo info) {
        return info.leader() != null && !info.leader().isEmpty();
    }

    private Map<TopicPartition, Long> offsets(List<TopicDescription> topics, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        for (TopicDescription topic : topics) {
            for (TopicPartitionInfo info : topic.partitions()) {
                // Without a leader there would be no answer before the time is over.
                if (hasLeader(info)) {
                    wanted.put(new TopicPartition(topic.name(), info.partition()), which);
                }
            }
        }
        ListOffsetsResult asked = questions.admin().listOffsets(wanted);
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (TopicPartition id : wanted.keySet()) {
            if (questions.answer(asked.partitionResult(id), id.toString())
                    instanceof Result.Ok<ListOffsetsResult.ListOffsetsResultInfo>(var found)) {
                offsets.put(id, found.offset());
            }
        }
        return offsets;
    }

    private Map<String, Map<String, String>> configs(List<TopicDescription> topics) {
        Map<ConfigResource, KafkaFuture<Config>> asked =
                questions
                        .admin()
                        .describeConfigs(
                                topics.stream()
                                        .map(topic ->
                                                new ConfigResource(
                                                        ConfigResource.Type.TOPIC, topic.name()))
                                        .toList())
                        .values();
        Map<String, Map<String, String>> configs = new HashMap<>();
        asked.forEach((resource, answer) -> {
            // A broker may not offer this, or not to everybody.
            if (questions.answer(answer, resource.name())
                    instanceof Result.Ok<Config>(var config)) {
                configs.put(resource.name(), own(config));
            }
        });
        return configs;
    }

    private static Map<String, String> own(Config config) {
        Map<String, String> own = new TreeMap<>();
        for (ConfigEntry entry : config.entries()) {
            if (entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG) {
                own.put(entry.name(), String.valueOf(entry.value()));
            }
        }
        return own;
    }
}
