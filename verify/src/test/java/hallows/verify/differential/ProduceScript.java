package hallows.verify.differential;

import static hallows.verify.differential.Produces.LAST;

import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.record.internal.CompressionType;

/// Produce: what is taken in and what it is told, in every version and with every acknowledgement.
final class ProduceScript {
    private static final ApiKeys API = ApiKeys.PRODUCE;

    private ProduceScript() {}

    static void play(Player on) {
        Topic topic = Topic.create(on, "produce", 3);
        on.everyVersion(
                API, "two records", version -> Produces.of(version, topic, Batches.of("a", "b")));
        on.everyVersion(
                API,
                "one who waits for the leader alone",
                version -> Produces.of(version, topic, Batches.of("c")).setAcks((short) 1));
        acknowledgements(on, topic);
        compressions(on, topic);
        places(on, topic);
        brokersTime(on);
        Fetches.all(on, "all that was produced", topic, 3);
    }

    private static void acknowledgements(Player on, Topic topic) {
        for (int version = Player.lowest(API); version <= LAST; version++) {
            on.tell(version, Produces.of(version, topic, Batches.of("silent")).setAcks((short) 0));
            on.ask("after a silent one", version, Produces.of(version, topic, Batches.of("loud")));
        }
        on.everyVersion(
                API,
                "acks 2",
                version -> Produces.of(version, topic, Batches.of("x")).setAcks((short) 2));
        on.everyVersion(
                API,
                "acks -2",
                version -> Produces.of(version, topic, Batches.of("x")).setAcks((short) -2));
        on.ask("no time", LAST, Produces.of(LAST, topic, Batches.of("d")).setTimeoutMs(0));
        on.tell(LAST, Produces.of(LAST, Topic.UNKNOWN, Batches.of("x")).setAcks((short) 0));
        Produces.send(on, "after a silent failure", topic, Batches.of("e"));
    }

    private static void compressions(Player on, Topic topic) {
        for (CompressionType type : CompressionType.values()) {
            Compression compression = Compression.of(type).build();
            on.everyVersion(
                    API,
                    type.name,
                    version ->
                            Produces.of(
                                    version, topic, Batches.packed(compression, "p", "q", "r")));
        }
    }

    private static void places(Player on, Topic topic) {
        on.everyVersion(
                API,
                "unknown topic",
                version -> Produces.of(version, Topic.UNKNOWN, Batches.of("x")));
        on.everyVersion(
                API,
                "one partition of two",
                version ->
                        Produces.of(
                                version,
                                topic,
                                List.of(
                                        Produces.partition(1, Batches.of("there")),
                                        Produces.partition(99, Batches.of("not there")))));
        on.ask(
                "partition -1",
                LAST,
                Produces.of(LAST, topic, List.of(Produces.partition(-1, Batches.of("x")))));
        on.ask("no topics", LAST, new ProduceRequestData().setAcks((short) -1));
        on.ask("no partitions", LAST, Produces.of(LAST, topic, List.of()));
        twice(on, topic);
    }

    private static void twice(Player on, Topic topic) {
        for (int version = LAST - 1; version <= LAST; version++) {
            ProduceRequestData twice = Produces.of(version, topic, Batches.of("first"));
            twice.topicData()
                    .mustAdd(
                            Produces.in(
                                    version,
                                    topic,
                                    List.of(Produces.partition(2, Batches.of("second")))));
            on.ask("a topic twice", version, twice);
        }
    }

    private static void brokersTime(Player on) {
        Topic topic = Topic.create(on, "produce-now", 1, "message.timestamp.type", "LogAppendTime");
        on.everyVersion(
                API,
                "the broker's time",
                version -> Produces.of(version, topic, Batches.of("a", "b")));
        Fetches.all(on, "the broker's times", topic, 1);
    }
}
