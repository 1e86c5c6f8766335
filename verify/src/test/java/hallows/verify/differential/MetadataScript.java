package hallows.verify.differential;

import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;
import org.apache.kafka.common.protocol.ApiKeys;

/// Metadata: topics by name and by id, all of them, and those that come to be by being asked for.
final class MetadataScript {
    private static final ApiKeys API = ApiKeys.METADATA;
    private static final int LAST = Player.highest(API);

    private MetadataScript() {}

    static void play(Player on) {
        Topic topic = Topic.create(on, "metadata", 3);
        on.everyVersion(API, "by name", _ -> named("metadata"));
        on.everyVersion(
                API,
                "all",
                version -> new MetadataRequestData().setTopics(version == 0 ? List.of() : null));
        on.everyVersion(API, "none", _ -> named());
        for (int version = 4; version <= LAST; version++) {
            on.ask("unknown", version, named("unknown").setAllowAutoTopicCreation(false));
            on.ask(
                    "bad names",
                    version,
                    named("", "no good", "..", "x".repeat(250)).setAllowAutoTopicCreation(false));
        }
        ids(on, topic);
        on.ask("twice", LAST, named("metadata", "metadata"));
        authorized(on);
        made(on);
    }

    private static void ids(Player on, Topic topic) {
        for (int version = 10; version <= LAST; version++) {
            on.ask("by id", version, byIds(topic.id()));
            on.ask("by an unknown id", version, byIds(Topic.UNKNOWN.id()));
            on.ask("by ids, some unknown", version, byIds(topic.id(), Topic.UNKNOWN.id()));
        }
        MetadataRequestData mixed = byIds(topic.id());
        mixed.topics().getFirst().setName("metadata");
        on.ask("by name and id", LAST, mixed);
        on.ask("by no id", LAST, byIds(Uuid.ZERO_UUID));
    }

    private static void authorized(Player on) {
        for (int version = 8; version <= LAST; version++) {
            on.ask(
                    "what I may do with topics",
                    version,
                    named("metadata").setIncludeTopicAuthorizedOperations(true));
        }
        for (int version = 8; version <= 10; version++) {
            on.ask(
                    "what I may do with all",
                    version,
                    named("metadata").setIncludeClusterAuthorizedOperations(true));
        }
    }

    private static void made(Player on) {
        for (int version : List.of(0, 3, 4, LAST)) {
            String name = "made-" + version;
            on.ask("one that comes to be", version, named(name));
            Topic.awaitLed(on, name, 1);
            on.ask("one that came to be", version, named(name));
        }
        on.ask("a bad name comes not to be", LAST, named("no good"));
    }

    private static MetadataRequestData named(String... names) {
        return asked(Stream.of(names).map(name -> new MetadataRequestTopic().setName(name)));
    }

    private static MetadataRequestData byIds(Uuid... ids) {
        return asked(
                Stream.of(ids).map(id -> new MetadataRequestTopic().setName(null).setTopicId(id)));
    }

    private static MetadataRequestData asked(Stream<MetadataRequestTopic> topics) {
        return new MetadataRequestData().setTopics(topics.toList());
    }
}
