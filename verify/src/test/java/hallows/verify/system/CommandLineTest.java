package hallows.verify.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// `topic`, `produce` and `consume` as they are typed, each a process, against the broker under
/// test.
@Timeout(180)
@ExtendWith(Brokers.class)
class CommandLineTest {
    private static final int BROKEN_PIPE = 141;

    private static List<String> words(BrokerProcess broker, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.add("--server=" + broker.bootstrap());
        return all;
    }

    /// What a command puts out that does what it should.
    private static String told(BrokerProcess broker, String... words) {
        return piped(broker, "", words);
    }

    private static String piped(BrokerProcess broker, String input, String... words) {
        Program.Said said = Program.run(input, words(broker, words));
        assertEquals(0, said.code(), said::toString);
        return said.out();
    }

    @Test
    void topicsComeAndGo(BrokerProcess broker) {
        assertEquals(
                "created cli-a partitions: 3 replicas: 1\ncreated cli-b partitions: 3 replicas: 1\n",
                told(broker, "topic", "create", "cli-a", "cli-b", "--partitions=3"));
        List<String> listed = told(broker, "topic", "list").lines().toList();
        assertTrue(listed.containsAll(List.of("cli-a", "cli-b")), listed::toString);
        List<String> described = told(broker, "topic", "describe", "cli-a").lines().toList();
        assertTrue(described.getFirst().contains("partitions: 3"), described::toString);
        assertTrue(
                described.contains(
                        "  partition: 2 leader: 1 replicas: [1] isr: [1] earliest: 0 latest: 0"),
                described::toString);
        assertEquals(
                "deleted cli-a\ndeleted cli-b\n",
                told(broker, "topic", "delete", "--yes", "cli-a", "cli-b"));
        listed = told(broker, "topic", "list").lines().toList();
        assertTrue(listed.stream().noneMatch(name -> name.startsWith("cli-")), listed::toString);
    }

    @Test
    void whatIsProducedIsConsumedAndSentOn(BrokerProcess broker) {
        told(broker, "topic", "create", "lines", "copies", "--partitions=1");
        String keyed = "anna:zwei Äpfel\nben:NIL\nNIL:a:b\n";
        String compressed = "--compression=zstd";
        piped(
                broker,
                keyed,
                "produce",
                "lines",
                "--key-separator=:",
                "--null=NIL",
                "--header=from=here",
                compressed);
        String shown = "from=here\tanna\tzwei Äpfel\nfrom=here\tben\tnull\nfrom=here\tnull\ta:b\n";
        assertEquals(shown, told(broker, "consume", "lines", "--keys", "--headers"));
        String json = told(broker, "consume", "lines", "--json");
        assertEquals(3, json.lines().count(), json);
        piped(broker, json, "produce", "copies", "--json", "--compression=lz4");
        assertEquals(
                json.replace("\"lines\"", "\"copies\""),
                told(broker, "consume", "copies", "--json"));
        assertEquals(
                "1 ben;",
                told(broker, "consume", "copies", "--from=1", "--count=1", "--format=%o %k;"));
    }

    @Test
    void whereNobodyListensOneSentenceNamesTheRemedy() throws IOException {
        String nowhere;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nowhere = "127.0.0.1:" + socket.getLocalPort();
        }
        assertEquals(
                new Program.Said(
                        1,
                        "",
                        "hallows: Nothing answers on %s. Is the broker started? Start one: ./hallows start\n"
                                .formatted(nowhere)),
                Program.run("", List.of("topic", "list", "--server", nowhere)));
    }

    @Test
    void aTopicThatIsNotThereIsNotMade(BrokerProcess broker) {
        Program.Said said = Program.run("a\n", words(broker, "produce", "xylophone"));
        assertEquals(1, said.code(), said::toString);
        assertEquals(
                "hallows: there is no topic 'xylophone'; make it: ./hallows topic create xylophone\n",
                said.err());
    }

    /// As behind `| head -n 1`, when nothing comes any more that could fail to be written.
    @Test
    void whoFollowsEndsWhenNobodyReadsAnyMore(BrokerProcess broker) throws Exception {
        told(broker, "topic", "create", "followed");
        piped(broker, "a\n", "produce", "followed");
        Process follower =
                Program.command(words(broker, "consume", "followed", "--follow")).start();
        try {
            try (BufferedReader output = follower.inputReader()) {
                assertEquals("a", output.readLine());
            }
            assertTrue(follower.waitFor(60, TimeUnit.SECONDS), "it ends");
            assertEquals(BROKEN_PIPE, follower.exitValue());
        } finally {
            follower.destroyForcibly();
        }
    }
}
