package hallows.verify.differential;

import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.DeleteTopicsRequestData.DeleteTopicState;
import org.apache.kafka.common.protocol.ApiKeys;
import org.jspecify.annotations.Nullable;

/// DeleteTopics: by name and by id, there and not, and what is left to be seen of them.
final class DeleteTopicsScript {
    private static final ApiKeys API = ApiKeys.DELETE_TOPICS;
    private static final int LAST = Player.highest(API);
    private static final int STATES_SINCE = 6;

    private DeleteTopicsScript() {}

    static void play(Player on) {
        for (int version = Player.lowest(API); version <= LAST; version++) {
            String name = "deleted-" + version;
            Topic topic = Topic.create(on, name, 2);
            on.ask("one that is there", version, named(version, name));
            Topic.awaitGone(on, name);
            on.ask("one that was there", version, named(version, name));
            Produces.send(on, "its offsets", topic, Batches.of("x"));
            on.ask("its records", Fetches.LAST, Fetches.of(Fetches.LAST, topic, 0));
        }
        on.everyVersion(API, "unknown", version -> named(version, "unknown"));
        on.everyVersion(API, "none", version -> named(version));
        on.everyVersion(API, "a bad name", version -> named(version, "no good"));
        ids(on);
        again(on);
    }

    /// A step that deletes a topic, done when the broker no longer has it.
    static void delete(Player on, Topic topic) {
        on.ask("delete", LAST, named(LAST, topic.name()));
        Topic.awaitGone(on, topic.name());
    }

    private static void ids(Player on) {
        Topic topic = Topic.create(on, "deleted-by-id", 1);
        on.ask("unknown id", LAST, states(state(null, Topic.UNKNOWN.id())));
        on.ask("name and id", LAST, states(state("deleted-by-id", topic.id())));
        on.ask("neither", LAST, states(state(null, Uuid.ZERO_UUID)));
        on.ask("by id, twice", LAST, states(state(null, topic.id()), state(null, topic.id())));
        on.ask(
                "by name and by id",
                LAST,
                states(state(topic.name(), Uuid.ZERO_UUID), state(null, topic.id())));
        on.ask("by id", LAST, states(state(null, topic.id()), state(null, Topic.UNKNOWN.id())));
        Topic.awaitGone(on, "deleted-by-id");
    }

    private static void again(Player on) {
        Topic.create(on, "deleted-twice", 1);
        for (int version : new int[] {5, LAST}) {
            on.ask("twice at once", version, named(version, "deleted-twice", "deleted-twice"));
        }
        Topic first = Topic.create(on, "deleted-again", 1);
        Produces.send(on, "fill", first, Batches.of("a"));
        delete(on, first);
        Topic second = Topic.create(on, "deleted-again", 1);
        Fetches.all(on, "the new one is empty", second, 1);
        Fetches.all(on, "the old one is gone", first, 1);
    }

    static DeleteTopicsRequestData named(int version, String... names) {
        if (version < STATES_SINCE) {
            return request().setTopicNames(Arrays.asList(names));
        }
        return states(
                Arrays.stream(names)
                        .map(name -> state(name, Uuid.ZERO_UUID))
                        .toArray(DeleteTopicState[]::new));
    }

    private static DeleteTopicsRequestData states(DeleteTopicState... states) {
        return request().setTopics(List.of(states));
    }

    private static DeleteTopicsRequestData request() {
        return new DeleteTopicsRequestData().setTimeoutMs(30_000);
    }

    private static DeleteTopicState state(@Nullable String name, Uuid id) {
        return new DeleteTopicState().setName(name).setTopicId(id);
    }
}
