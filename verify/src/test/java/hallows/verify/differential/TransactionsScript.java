package hallows.verify.differential;

import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.protocol.ApiKeys;

/// InitProducerId with the name of a transaction, and batches that name one which nobody has begun.
final class TransactionsScript {
    private static final ApiKeys API = ApiKeys.INIT_PRODUCER_ID;

    private TransactionsScript() {}

    static void play(Player on) {
        Topic topic = Topic.create(on, "transactions", 1);
        on.ask("no name", 4, init("", 60_000));
        on.ask("no time", 4, init("mine", 0));
        on.ask("too much time", 4, init("mine", Integer.MAX_VALUE));
        on.everyVersion(API, "a name", _ -> init("mine", 60_000));
        long id = 1_000_000;
        on.everyVersion(
                ApiKeys.PRODUCE,
                "no such transaction",
                version ->
                        Produces.of(version, topic, Batches.transactional(id, 0, "a"))
                                .setTransactionalId("nobody's"));
        on.everyVersion(
                ApiKeys.PRODUCE,
                "a transaction that is not begun",
                version ->
                        Produces.of(version, topic, Batches.numbered(id, 0, 0, "a"))
                                .setTransactionalId("mine"));
        Fetches.all(on, "what came of it", topic, 1);
    }

    private static InitProducerIdRequestData init(String name, int millis) {
        return new InitProducerIdRequestData()
                .setTransactionalId(name)
                .setTransactionTimeoutMs(millis);
    }
}
