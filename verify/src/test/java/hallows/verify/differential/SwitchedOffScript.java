package hallows.verify.differential;

import java.util.List;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;
import org.apache.kafka.common.protocol.ApiKeys;

/// Brokers whose owner lets nobody delete topics, nor have them made by asking for them.
final class SwitchedOffScript {
    private SwitchedOffScript() {}

    static void play(Player on) {
        Topic.create(on, "kept", 1);
        on.everyVersion(
                ApiKeys.DELETE_TOPICS,
                "one that is there",
                version -> DeleteTopicsScript.named(version, "kept"));
        on.everyVersion(
                ApiKeys.DELETE_TOPICS,
                "two",
                version -> DeleteTopicsScript.named(version, "kept", "unknown"));
        on.everyVersion(
                ApiKeys.DELETE_TOPICS, "none", version -> DeleteTopicsScript.named(version));
        for (String name : List.of("unknown", "__consumer_offsets", "kept")) {
            on.everyVersion(ApiKeys.METADATA, name, _ -> asked(name));
        }
    }

    private static MetadataRequestData asked(String name) {
        return new MetadataRequestData()
                .setTopics(List.of(new MetadataRequestTopic().setName(name)));
    }
}
