package hallows.verify.differential;

import static hallows.verify.differential.Fetches.LAST;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchRequestData.ForgottenTopic;
import org.apache.kafka.common.message.FetchResponseData;

/// Fetch with sessions: only what is new is answered, and only what is other is asked.
final class FetchSessionsScript {
    private static final int SESSIONS_SINCE = 7;

    private FetchSessionsScript() {}

    static void play(Player on) {
        for (int version = SESSIONS_SINCE; version <= LAST; version++) {
            life(on, version, Topic.create(on, "session-" + version, 3));
        }
        Topic topic = Topic.create(on, "session", 1);
        strangers(on, topic);
        topicsThatGo(on);
        topicsThatComeAgain(on);
    }

    private static void life(Player on, int version, Topic topic) {
        append(on, topic, 0);
        int id = opened(on, version, topic);
        on.ask("nothing new", version, step(id, 1));
        append(on, topic, 1);
        on.ask("one is new", version, step(id, 2));
        on.ask("still new until it is taken", version, step(id, 3));
        on.ask("taken", version, changed(version, topic, step(id, 4), Fetches.partition(1, 1)));
        partitionsChange(on, version, topic, id);
        epochs(on, version, topic, id);
    }

    private static void partitionsChange(Player on, int version, Topic topic, int id) {
        append(on, topic, 2);
        on.ask(
                "another is added",
                version,
                changed(version, topic, step(id, 5), Fetches.partition(2, 0)));
        on.ask(
                "one that is not there is added",
                version,
                changed(version, topic, step(id, 6), Fetches.partition(7, 0)));
        on.ask(
                "one is out of range",
                version,
                changed(version, topic, step(id, 7), Fetches.partition(0, 50)));
        on.ask("and stays so", version, step(id, 8));
        on.ask("two are forgotten", version, forgotten(version, topic, step(id, 9), 7, 0));
        append(on, topic, 0);
        on.ask("what is forgotten is not answered", version, step(id, 10));
        on.ask(
                "one that was not asked is forgotten",
                version,
                forgotten(version, topic, step(id, 11), 5));
    }

    private static void epochs(Player on, int version, Topic topic, int id) {
        on.ask("an epoch again", version, step(id, 11));
        on.ask("an epoch too many", version, step(id, 19));
        on.ask("the right epoch after wrong ones", version, step(id, 12));
        on.ask(
                "another is opened in its place",
                version,
                all(version, topic).setSessionId(id).setSessionEpoch(0));
        on.ask("it is gone", version, step(id, 13));
    }

    private static void strangers(Player on, Topic topic) {
        on.ask("unknown session", LAST, step(424_242, 1));
        on.ask("no session, some epoch", LAST, step(0, 5));
        on.ask("a session closes", LAST, all(LAST, topic).setSessionId(opened(on, LAST, topic)));
        on.ask("an unknown session closes", LAST, step(424_242, -1));
        on.ask("epoch -2", LAST, step(0, -2));
        on.ask("an empty session", LAST, step(0, 0));
        int id = opened(on, LAST, topic);
        on.ask(
                "by names where ids were",
                12,
                changed(12, topic, step(id, 1), Fetches.partition(0, 0)));
    }

    /// What a session says of topics that are deleted under it, and of such that nobody ever had.
    private static void topicsThatGo(Player on) {
        for (int version : new int[] {12, LAST}) {
            Topic topic = Topic.create(on, "session-gone-" + version, 3);
            int id = opened(on, version, topic);
            DeleteTopicsScript.delete(on, topic);
            on.ask("its topic is gone", version, step(id, 1));
            on.ask("still gone", version, step(id, 2));
            int other =
                    on.ask(
                                    "a session with an unknown topic",
                                    version,
                                    all(version, Topic.UNKNOWN).setSessionEpoch(0))
                            .as(FetchResponseData.class)
                            .sessionId();
            on.ask("still unknown", version, step(other, 1));
        }
    }

    /// What a session says of a topic whose name another has by now, with a partition less.
    private static void topicsThatComeAgain(Player on) {
        for (int version : new int[] {12, 13, LAST}) {
            Topic topic = Topic.create(on, "session-again-" + version, 2);
            int id = opened(on, version, topic);
            int beyond = beyond(on, version, topic);
            DeleteTopicsScript.delete(on, topic);
            on.ask("its topic is gone", version, step(id, 1));
            on.ask("what was not there is gone", version, step(beyond, 1));
            Topic.create(on, topic.name(), 1);
            on.ask("another has its name", version, step(id, 2));
            on.ask("another has its name, too", version, step(beyond, 2));
            on.ask("and keeps it", version, step(id, 3));
        }
    }

    private static int beyond(Player on, int version, Topic topic) {
        return on.ask(
                        "a session with a partition that is not there",
                        version,
                        Fetches.of(version, topic, List.of(Fetches.partition(7, 0)))
                                .setSessionEpoch(0))
                .as(FetchResponseData.class)
                .sessionId();
    }

    private static int opened(Player on, int version, Topic topic) {
        return on.ask("a session", version, all(version, topic).setSessionEpoch(0))
                .as(FetchResponseData.class)
                .sessionId();
    }

    private static FetchRequestData all(int version, Topic topic) {
        return Fetches.of(
                version, topic, List.of(Fetches.partition(0, 0), Fetches.partition(1, 0)));
    }

    private static FetchRequestData step(int session, int epoch) {
        return Fetches.of(List.of()).setSessionId(session).setSessionEpoch(epoch);
    }

    private static FetchRequestData changed(
            int version, Topic topic, FetchRequestData request, FetchPartition partition) {
        return request.setTopics(List.of(Fetches.in(version, topic, List.of(partition))));
    }

    private static FetchRequestData forgotten(
            int version, Topic topic, FetchRequestData request, int... partitions) {
        ForgottenTopic forgotten =
                new ForgottenTopic().setPartitions(IntStream.of(partitions).boxed().toList());
        return request.setForgottenTopicsData(
                List.of(
                        version < 13
                                ? forgotten.setTopic(topic.name())
                                : forgotten.setTopicId(topic.id())));
    }

    private static void append(Player on, Topic topic, int partition) {
        on.ask(
                "append to " + partition,
                Produces.LAST,
                Produces.of(
                        Produces.LAST,
                        topic,
                        List.of(Produces.partition(partition, Batches.of("new")))));
    }
}
