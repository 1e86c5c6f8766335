package hallows.server;

import hallows.server.kafka.Topic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A topic, told to people or to programs.
record TopicText(Topic topic) {
    /// For people: the topic, its configuration, and a line for each partition.
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "topic %s id: %s partitions: %d%s"
                        .formatted(
                                topic.name(),
                                topic.id(),
                                topic.partitions().size(),
                                topic.internal() ? " internal" : ""));
        topic.config()
                .ifPresent(config ->
                        config.forEach((key, value) -> lines.add("  " + key + "=" + value)));
        topic.partitions()
                .forEach(partition -> {
                    StringBuilder line = new StringBuilder(" ");
                    fields(partition)
                            .forEach((name, value) ->
                                    line.append(' ').append(name).append(": ").append(value));
                    if (partition.leader().isEmpty()) {
                        line.append(" has no leader");
                    }
                    lines.add(line.toString());
                });
        return lines;
    }

    /// For programs.
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", topic.name());
        fields.put("id", topic.id());
        fields.put("internal", topic.internal());
        topic.config().ifPresent(config -> fields.put("config", config));
        fields.put("partitions", topic.partitions().stream().map(TopicText::fields).toList());
        return fields;
    }

    private static Map<String, Object> fields(Topic.Partition partition) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("partition", partition.number());
        partition.leader().ifPresent(leader -> fields.put("leader", leader));
        fields.put("replicas", partition.replicas());
        fields.put("isr", partition.isr());
        partition.earliest().ifPresent(offset -> fields.put("earliest", offset));
        partition.latest().ifPresent(offset -> fields.put("latest", offset));
        return fields;
    }
}
