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

    private SequencesScript() {}

    static void play(Player on) {
        Topic topic = Topic.create(on, "sequences", 2);
        // A broker that has given no id yet asks its controller for some, and says so.
        Await.until("ids are given", () -> asked(on).errorCode() == 0);
        on.everyVersion(API, "an id", _ -> init());
        long id = on.ask("my id", 4, init()).as(InitProducerIdResponseData.class).producerId();
        on.ask("an id with an id", 4, init().setProducerId(id).setProducerEpoch((short) 0));
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
        on.ask(
                "long gone by",
                LAST,
                Produces.of(LAST, topic, Batches.numbered(id, 0, 0, "a", "b")));
        on.ask(
                "half again",
                LAST,
                Produces.of(LAST, topic, Batches.numbered(id, 0, next - 1, "b")));
        on.ask("in turn again", LAST, Produces.of(LAST, topic, Batches.numbered(id, 0, next, "c")));
    }

    private static void epochs(Player on, Topic topic, long id) {
        on.ask(
                "a new epoch out of turn",
                LAST,
                Produces.of(LAST, topic, Batches.numbered(id, 1, 5, "a")));
        on.ask("a new epoch", LAST, Produces.of(LAST, topic, Batches.numbered(id, 1, 0, "d")));
        on.everyVersion(
                ApiKeys.PRODUCE,
                "an old epoch",
                version -> Produces.of(version, topic, Batches.numbered(id, 0, 1, "a")));
        on.ask(
                "unknown, from the start",
                LAST,
                Produces.of(LAST, topic, Batches.numbered(9_999_999, 0, 0, "e")));
        on.ask(
                "unknown, later",
                LAST,
                Produces.of(LAST, topic, Batches.numbered(8_888_888, 3, 7, "f")));
        MemoryRecords good = Batches.numbered(id, 1, 1, "g");
        on.ask(
                "no epoch",
                LAST,
                Produces.of(
                        LAST,
                        topic,
                        Batches.edited(good, bytes -> bytes.putShort(Batches.PRODUCER_EPOCH, (short) -1))));
        on.ask(
                "no sequence",
                LAST,
                Produces.of(LAST, topic, Batches.edited(good, bytes -> bytes.putInt(Batches.BASE_SEQUENCE, -1))));
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
