package hallows.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The commands that ask a broker, with Kafka's clients and a broker that is pretended.
@Timeout(120)
final class RemoteCommandsTest {
    private final InputStream in = System.in;
    private final PrintStream out = System.out;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final StringWriter text = new StringWriter();
    private final StringWriter err = new StringWriter();

    @SuppressWarnings("NullAway.Init")
    private PretendBroker broker;

    @BeforeEach
    void start() throws Exception {
        broker = new PretendBroker();
        System.setOut(new PrintStream(bytes, false, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        System.setIn(in);
        System.setOut(out);
        broker.close();
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--server=" + broker.address());
        return plain(all.toArray(String[]::new));
    }

    private int plain(String... arguments) {
        text.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        bytes.reset();
        return Main.commandLine()
                .setOut(new PrintWriter(text))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private int produce(String input, String... arguments) {
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        return run(arguments);
    }

    private String shown() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void assertShown(String shown, String... arguments) {
        assertEquals(0, run(arguments), err::toString);
        assertEquals(shown, shown());
    }

    private void assertFails(String sentence, String... arguments) {
        assertEquals(1, run(arguments));
        assertEquals("hallows: " + sentence + "\n", err.toString());
    }

    @Test
    void topicsComeAndGo() {
        assertEquals(0, run("topic", "create", "orders", "--partitions=2", "--config=a=b"));
        assertEquals("created orders partitions: 2 replicas: 1\n", text.toString());
        assertEquals(0, run("topic", "create", "orders", "items", "--if-not-exists", "--json"));
        assertEquals(
                "{\"topics\":[{\"name\":\"orders\",\"outcome\":\"exists\"},"
                        + "{\"name\":\"items\",\"outcome\":\"created\",\"partitions\":1,\"replicas\":1}]}\n",
                text.toString());
        assertEquals(0, run("topic", "list"));
        assertEquals("items\norders\n", text.toString());
        assertEquals(0, run("topic", "delete", "--yes", "items"));
        assertEquals("deleted items\n", text.toString());
        assertEquals(0, run("topic", "list", "--json"));
        assertTrue(text.toString().contains("\"name\":\"orders\",\"id\":\""), text::toString);
        assertTrue(!text.toString().contains("items"), text::toString);
    }

    @Test
    void aTopicIsDescribedWithoutWhatTheBrokerDoesNotOffer() {
        broker.create("orders", 2);
        assertEquals(0, produce("a\nb\n", "produce", "orders", "--partition=1"));
        assertEquals(0, run("topic", "describe"), err::toString);
        String line = "  partition: %d leader: 1 replicas: [1] isr: [1] earliest: 0 latest: %d\n";
        assertEquals(
                "topic orders id: AAAAAAAAAAAAAAAAAAAAAA partitions: 2\n"
                        + line.formatted(0, 0)
                        + line.formatted(1, 2),
                text.toString());
        assertEquals(0, run("topic", "describe", "orders", "--json"));
        assertTrue(
                text.toString().contains("\"partitions\":[{\"partition\":0,\"leader\":1,"),
                text::toString);
        assertTrue(!text.toString().contains("config"), text::toString);
    }

    @Test
    void whatTheBrokerRefusesIsASentence() {
        broker.create("orders", 2);
        assertFails(
                "there is a topic 'orders' already; --if-not-exists is content with that",
                "topic",
                "create",
                "orders");
        assertFails(
                "not authorized for topic 'denied'; ask for the right, or give other credentials with --command-config",
                "topic",
                "create",
                "denied");
    }

    @Test
    void aTopicThatIsNotThereWasMeantOtherwiseOrCanBeMade() {
        broker.create("orders", 2);
        String meant =
                "there is no topic 'oders'; did you mean 'orders'? Or make it: ./hallows topic create oders";
        assertFails(meant, "topic", "describe", "oders");
        assertFails(meant, "topic", "delete", "--yes", "oders");
        assertFails(meant, "produce", "oders");
        String none = "there is no topic 'xylophone'; make it: ./hallows topic create xylophone";
        assertFails(none, "consume", "xylophone");
    }

    @Test
    void whatIsProducedIsConsumed() {
        broker.create("orders", 1);
        String[] keyed = {"produce", "orders", "--key-separator=:", "--null=NIL", "--header=h=1"};
        assertEquals(0, produce("k:ä\nNIL:b:c\nk:NIL", keyed), err::toString);
        assertTrue(err.toString().startsWith("3 records with 7 bytes acknowledged"), err::toString);
        assertShown("ä\nb:c\nnull\n", "consume", "orders");
        broker.create("unasked", 1);
        assertEquals(0, produce("k\n", "produce", "unasked", "--acks=0"));
        assertTrue(err.toString().startsWith("1 record with 1 byte sent,"), err::toString);
        assertShown(
                "h=1\tk\tä\nh=1\tnull\tb:c\n",
                "consume",
                "orders",
                "--keys",
                "--headers",
                "--count=2");
        assertShown("0 k=ä;1 null=b:c;", "consume", "orders", "--until=2", "--format=%o %k=%s;");
        assertShown("null\n", "consume", "orders", "--from=2", "--partition=0");
        assertShown("", "consume", "orders", "--from", "end");
        assertShown("b:c\nnull\n", "consume", "orders", "--from", "-2");
        assertShown("ä\nb:c\n", "consume", "orders", "--from=-7", "--until=-1");
        assertShown("ä\nb:c\nnull\n", "consume", "orders", "--from", "-1h", "--committed");
        assertShown("", "consume", "orders", "--from", "2999-01-01");
        assertShown("ä\n", "consume", "orders", "--follow", "--count=1");
    }

    @Test
    void programsSendAndGetJson() {
        broker.create("orders", 2);
        String record =
                "{\"key\":\"k\",\"value\":{\"a\":1},\"headers\":{\"h\":\"1\"},\"partition\":1,\"timestamp\":5}\n";
        assertEquals(0, produce(record, "produce", "orders", "--json"), err::toString);
        assertEquals("{\"line\":1,\"partition\":1,\"offset\":0,\"timestamp\":5}\n", shown());
        String shown =
                "{\"topic\":\"orders\",\"partition\":1,\"offset\":%d,\"timestamp\":5,\"key\":\"k\","
                        + "\"value\":\"{\\\"a\\\":1}\",\"headers\":[{\"key\":\"h\",\"value\":\"1\"}]}\n";
        assertShown(shown.formatted(0), "consume", "orders", "--json");
        assertEquals(0, produce(shown(), "produce", "orders", "--json"), err::toString);
        assertShown(shown.formatted(1), "consume", "orders", "--json", "--from=1");
    }

    @Test
    void theFirstLineThatDoesNotArriveIsNamed() {
        broker.create("orders", 1);
        assertEquals(1, produce("a:1\nb:2\nc\nd:4", "produce", "orders", "--key-separator=:"));
        assertEquals(
                "hallows: 2 records are acknowledged; the first that is not is line 3: there is no ':' behind a key\n",
                err.toString());
        assertEquals(1, produce("a\n", "produce", "orders", "--partition=1"));
        assertTrue(
                err.toString().contains("line 1: topic 'orders' has partitions 0 to 0, not 1"),
                err::toString);
        assertTrue(err.toString().contains("topic create NAME --partitions 2"), err::toString);
        broker.create("strict", 1);
        assertEquals(1, produce("{\"value\":\"a\"}", "produce", "strict", "--json"));
        assertTrue(err.toString().contains("0 records are acknowledged"), err::toString);
        assertTrue(shown().startsWith("{\"line\":1,\"error\":\"the broker refuses"), this::shown);
    }

    @Test
    void whereNobodyListensThatIsSaidAtOnce() throws Exception {
        String nowhere;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nowhere = "127.0.0.1:" + socket.getLocalPort();
        }
        assertEquals(1, plain("topic", "list", "--server", nowhere, "--timeout=1h"));
        assertEquals(
                "hallows: Nothing answers on %s. Is the broker started? Start one: ./hallows start\n"
                        .formatted(nowhere),
                err.toString());
    }

    @Test
    void whoListensAndSaysNothingIsNoBroker() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
            String deaf = "127.0.0.1:" + socket.getLocalPort();
            assertEquals(1, plain("topic", "list", "--server", deaf, "--timeout=300ms"));
            assertTrue(
                    err.toString().contains("gave no answer of Kafka's within 0.3 s"),
                    err::toString);
        }
    }

    @Test
    void propertiesOfClientsComeFromAFile(@TempDir Path directory) throws Exception {
        broker.create("orders", 1);
        Path config = directory.resolve("client.properties");
        Files.writeString(config, "bootstrap.servers=" + broker.address());
        assertEquals(0, plain("topic", "list", "--command-config", config.toString()));
        assertEquals("orders\n", text.toString());
        Files.writeString(config, "security.protocol=NONE\nbootstrap.servers=127.0.0.1:1");
        assertEquals(1, run("topic", "list", "--command-config", config.toString()));
        assertTrue(
                err.toString().startsWith("hallows: --command-config: Invalid value NONE"),
                err::toString);
        Files.writeString(config, "security.protocol");
        assertEquals(1, run("topic", "list", "--command-config", config.toString()));
        assertTrue(err.toString().contains("line 1: 'security.protocol' has no value"));
        assertEquals(1, run("topic", "list", "--command-config", directory + "/missing"));
        assertTrue(err.toString().startsWith("hallows: --command-config: "), err::toString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "topic | create, list, describe or delete?",
                "topic creat x | there is no command 'topic creat'; did you mean 'create'?",
                "topic list x | hallows: 'x' is one word too many",
                "topic --create --topic x | there is no option '--create'; write `hallows topic create NAME`",
                "topic create a --config b | Value for option '--config'",
                "consume --topic a --from-beginning | there is no option '--topic'; the topic is named without one",
                "consume a --from-beginning | there is no option '--from-beginning'; it is where reading begins anyway",
                "consume a --group g | there is no option '--group'; consume reads in no group",
                "consume a --max-messages 5 | there is no option '--max-messages'; did you mean --count?",
                "consume a --folow | there is no option '--folow'; did you mean --follow?",
                "topic create | Missing required parameter",
                "topic create a --partitions=0 | --partitions is 1 or more, not 0",
                "topic delete a | add --yes",
                "topic list --timeout=never | --timeout is 100ms to 1d",
                "topic list --server=nowhere | --server: not HOST:PORT: 'nowhere'",
                "produce a --acks=2 | --acks is all, 1 or 0",
                "produce a --header=x | --header is KEY=VALUE, not 'x'",
                "produce a --json --null=x | are for lines without --json",
                "produce a --partition=-1 | --partition is a number from 0 on",
                "consume a --from=yesterday | --from 'yesterday' is none of beginning, end",
                "consume a --format=%x | --format: '%x' means nothing; there are %t topic",
                "consume a --format=%k --keys | --format says all",
                "consume a --count=-1 | --count is not negative"
            })
    void whatIsNotUnderstoodIsNamed(String line, String said) {
        assertEquals(2, plain(line.split(" ")));
        assertTrue(err.toString().contains(said), err::toString);
    }

    @Test
    void aPartitionThatIsNotThereIsNotUnderstood() {
        broker.create("orders", 2);
        assertEquals(2, run("consume", "orders", "--partition=2"));
        assertTrue(err.toString().contains("topic 'orders' has partitions 0 to 1, not 2"));
    }
}
