package hallows.verify.differential;

import static hallows.verify.differential.Fetches.LAST;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.protocol.ApiKeys;

/// Fetch that waits: for bytes that come, for bytes that do not, and for nothing when it is wrong
/// anyway.
final class WaitingFetchScript {
    private static final int LONG_MILLIS = 20_000;
    private static final int SHORT_MILLIS = 50;

    private WaitingFetchScript() {}

    static void play(Player on) {
        Topic topic = Topic.create(on, "waiting", 2);
        on.ask("nothing comes", LAST, waiting(topic, 0).setMaxWaitMs(SHORT_MILLIS));
        on.ask(
                "too little is there",
                LAST,
                waiting(topic, 0).setMaxWaitMs(SHORT_MILLIS).setMinBytes(1 << 20));
        on.ask("wrong at once", LAST, waiting(topic, 99));
        on.ask("unknown at once", LAST, waiting(Topic.UNKNOWN, 0));
        on.ask("nothing wanted at once", LAST, waiting(topic, 0).setMinBytes(0));
        on.everyVersion(
                ApiKeys.FETCH,
                "an append wakes it",
                version -> {
                    long offset = version - 4L;
                    later(on, topic);
                    return Fetches.of(version, topic, offset)
                            .setMinBytes(1)
                            .setMaxWaitMs(LONG_MILLIS);
                });
        on.ask("all of it", LAST, Fetches.of(LAST, topic, 0));
    }

    private static FetchRequestData waiting(Topic topic, long offset) {
        return Fetches.of(LAST, topic, List.of(Fetches.partition(0, offset)))
                .setMinBytes(1)
                .setMaxWaitMs(LONG_MILLIS);
    }

    /// Appends over another connection a moment from now, when the fetch waits; should it not wait
    /// yet, it gets the same answer.
    private static void later(Player on, Topic topic) {
        Thread.ofVirtual()
                .start(() -> {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(SHORT_MILLIS));
                    try (Player other = on.another()) {
                        other.quietly(
                                Produces.LAST,
                                Produces.of(Produces.LAST, topic, Batches.of("woken")));
                    }
                });
    }
}
