package hallows.verify.differential;

import static hallows.verify.differential.Produces.LAST;

import hallows.verify.system.Await;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.record.internal.MemoryRecords;

/// InitProducerId without transactions, and what a numbered batch is told in and out of its turn.
final class SequencesScript {
    private static final ApiKeys API = ApiKeys.INIT_PRODUCER_ID;

    /// Since when producers say which id and epoch they had.
    private static final int NUMBERS_SINCE = 3;

    private SequencesScript() {}

    static void play(Player on) {
        Topic topic = Topic.create(on, "sequences", 2);
        // A broker that has given no id yet asks its controller for some, and says so.
        Await.until("ids are given", () -> asked(on).errorCode() == 0);
        on.everyVersion(API, "an id", _ -> init());
        long id = on.ask("my id", 4, init()).as(InitProducerIdResponseData.class).producerId();
        on.ask("an id with an id", 4, init().setProducerId(id).setProducerEpoch((short) 0));
        for (int version = NUMBERS_SINCE; version <= Player.highest(API); version++) {
            on.ask("an id without an epoch", version, init().setProducerId(id));
            on.ask("an epoch without an id", version, init().setProducerEpoch((short) 0));
        }
        on.ask("an id without time", 4, init().setTransactionTimeoutMs(0));
        on.everyVersion(
                ApiKeys.PRODUCE,
                "in turn",
                version -> {
                    int sequence = (version - Player.lowest(ApiKeys.PRODUCE)) * 2;
                    return Produces.of(version, topic, Batches.numbered(id, 0, sequence, "a", "b"));
                });
        int next = (LAST - Player.lowest(ApiKeys.PRODUCE) + 1) * 2;
        numbered(on, topic, id, next);
        epochs(on, topic, id);
        Fetches.all(on, "each once", topic, 2);
    }

    private static void numbered(Player on, Topic topic, long id, int next) {
        on.everyVersion(
                ApiKeys.PRODUCE,
                "again",
                version ->
                        Produces.of(version, topic, Batches.numbered(id, 0, next - 2, "a", "b")));
        on.everyVersion(
                ApiKeys.PRODUCE,
                "a gap",
                version -> Produces.of(version, topic, Batches.numbered(id, 0, next + 3, "a")));
        Produces.send(on, "long gone by", topic, Batches.numbered(id, 0, 0, "a", "b"));
        Produces.send(on, "half again", topic, Batches.numbered(id, 0, next - 1, "b"));
        Produces.send(on, "in turn again", topic, Batches.numbered(id, 0, next, "c"));
    }

    private static void epochs(Player on, Topic topic, long id) {
        Produces.send(on, "a new epoch out of turn", topic, Batches.numbered(id, 1, 5, "a"));
        Produces.send(on, "a new epoch", topic, Batches.numbered(id, 1, 0, "d"));
        on.everyVersion(
                ApiKeys.PRODUCE,
                "an old epoch",
                version -> Produces.of(version, topic, Batches.numbered(id, 0, 1, "a")));
        Produces.send(on, "unknown, from the start", topic, Batches.numbered(9_999_999, 0, 0, "e"));
        Produces.send(on, "unknown, later", topic, Batches.numbered(8_888_888, 3, 7, "f"));
        halfNumbered(on, topic, Batches.numbered(id, 1, 1, "g"));
    }

    private static void halfNumbered(Player on, Topic topic, MemoryRecords good) {
        Produces.send(
                on,
                "no epoch",
                topic,
                Batches.edited(good, bytes -> bytes.putShort(Batches.PRODUCER_EPOCH, (short) -1)));
        Produces.send(
                on,
                "no sequence",
                topic,
                Batches.edited(good, bytes -> bytes.putInt(Batches.BASE_SEQUENCE, -1)));
    }

    private static InitProducerIdResponseData asked(Player on) {
        return on.quietly(4, init()).as(InitProducerIdResponseData.class);
    }

    private static InitProducerIdRequestData init() {
        return new InitProducerIdRequestData()
                .setTransactionalId(null)
                .setTransactionTimeoutMs(60_000);
    }
}
