package hallows.verify.differential;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import hallows.verify.House;
import hallows.verify.system.BrokerProcess;
import hallows.verify.system.Brokers;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.common.message.DescribeClusterResponseData;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// Every script, played to Apache Kafka and to the broker under test.
@Timeout(300)
@ExtendWith(Brokers.class)
class DifferentialTest {
    private static final int DIFFERENCES_MAX = 40;

    /// The last of them looks at what was justified, for which all the others have run.
    @TestFactory
    Stream<DynamicTest> answersAreApacheKafkas(Brokers.Pair pair) {
        Justified justified = new Justified(Justified.TODAY);
        Stream<DynamicTest> scripts =
                Script.ALL.stream()
                        .map(script ->
                                DynamicTest.dynamicTest(
                                        script.name(), () -> equal(script, pair, justified)));
        return Stream.concat(
                scripts,
                Stream.of(
                        DynamicTest.dynamicTest(
                                "what is justified is met and documented",
                                () -> assertEquals(List.of(), justified.faults(document())))));
    }

    private static void equal(Script script, Brokers.Pair pair, Justified justified) {
        List<Exchange> kafkas = normal(script, pair.kafka().process());
        List<Exchange> ours = normal(script, pair.underTest().process());
        List<Difference> left = justified.unjustified(Difference.between(kafkas, ours));
        String told =
                left.stream().limit(DIFFERENCES_MAX).map(Object::toString).collect(joining("\n"));
        assertEquals("", told, () -> left.size() + " differences");
    }

    @Test
    void whatIsSwitchedOffIsSaidAsApacheKafkaSaysIt() {
        try (Brokers.Pair pair =
                Brokers.Pair.with(
                        Map.of(
                                "delete.topic.enable", "false",
                                "auto.create.topics.enable", "false"))) {
            equal(
                    new Script("switched off", SwitchedOffScript::play),
                    pair,
                    new Justified(List.of()));
        }
    }

    private static List<Exchange> normal(Script script, BrokerProcess broker) {
        return normal(script, new Player(broker.address()));
    }

    private static List<Exchange> normal(Script script, Player player) {
        try (player) {
            script.lines().accept(player);
            Normal normal = new Normal(System.currentTimeMillis());
            return player.transcript().stream().map(normal::of).toList();
        }
    }

    /// Somebody between a broker and its client, who changes one field of one answer.
    @Test
    void oneFieldThatIsTamperedWithIsReported(Brokers.Pair pair) {
        InetSocketAddress kafka = pair.kafka().process().address();
        Script script = new Script("cluster", ClusterScript::play);
        AtomicInteger answers = new AtomicInteger();
        Player tampering =
                new Player(
                        kafka,
                        answer ->
                                answers.incrementAndGet() == 2
                                        ? ((DescribeClusterResponseData) answer).setControllerId(2)
                                        : answer);
        List<Difference> found =
                Difference.between(normal(script, new Player(kafka)), normal(script, tampering));
        assertEquals(
                "[DescribeCluster 1, brokers: controllerId is 1 with Apache Kafka and 2 here]",
                found.toString());
    }

    private static String document() {
        return House.text(House.ROOT.resolve("docs/compatibility.md"));
    }

    /// What is not promised yet is at least asked, so that its script is right when it is.
    @Test
    void laterScriptsAreAnsweredByApacheKafka(Brokers.Pair pair) {
        for (Script script : Script.LATER) {
            List<Exchange> answers = normal(script, pair.kafka().process());
            assertFalse(answers.isEmpty());
            answers.forEach(
                    exchange -> assertFalse(exchange.answer().isTextual(), exchange.place()));
        }
    }
}
