package hallows.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.Endpoint;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.runtime.os.OsOptions;
import hallows.runtime.os.OsWorld;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A whole node, put together and taken apart, with our own commands as its clients.
@Timeout(120)
final class NodeTest {
    private final InputStream in = System.in;
    private final PrintStream out = System.out;
    private final StringWriter said = new StringWriter();
    private final Events events = new Events(new PrintWriter(said));
    private final OsWorld world = new OsWorld(OsOptions.standard());

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path data;

    @AfterEach
    void close() {
        System.setIn(in);
        System.setOut(out);
        world.close();
    }

    private Node node(String... sets) {
        StartSettings settings =
                StartSettings.of(
                        new StartSettings.Said(
                                Optional.empty(),
                                Optional.of(data.toString()),
                                Optional.of("127.0.0.1:0"),
                                List.of(sets)),
                        NodeSettings.EFFECTIVE);
        assertEquals(List.of(), settings.complaints());
        return new Node(world, settings.node(), events);
    }

    private static String told(Endpoint server, String input, String... words) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        System.setOut(new PrintStream(bytes, false, StandardCharsets.UTF_8));
        StringWriter err = new StringWriter();
        assertEquals(0, code(server, err, words), err::toString);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static String refused(Endpoint server, String... words) {
        StringWriter err = new StringWriter();
        assertEquals(1, code(server, err, words), err::toString);
        return err.toString();
    }

    private static int code(Endpoint server, StringWriter err, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.add("--server=" + server);
        return Main.commandLine()
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }

    @Test
    void whatOneLifeKeptTheNextOneShows() throws InterruptedException {
        try (Node node = node("hallows.shards=2")) {
            Endpoint at = node.start().orThrow();
            told(at, "", "topic", "create", "orders", "--partitions=3");
            told(at, "a\nb\nc\n", "produce", "orders", "--partition=2");
            assertEquals("a\nb\nc\n", told(at, "", "consume", "orders"));
        }
        try (Node node = node("hallows.shards=1")) {
            Endpoint at = node.start().orThrow();
            assertEquals("a\nb\nc\n", told(at, "", "consume", "orders"));
        }
        assertEquals("", said.toString(), "nothing had to be put right");
        assertFalse(events.over().isDone());
    }

    /// Somebody who reads is told, and who runs the node, each once.
    @Test
    void whatWasDamagedWhileNobodyWasThereIsTold() throws Exception {
        try (Node node = node("hallows.shards=1")) {
            Endpoint at = node.start().orThrow();
            told(at, "", "topic", "create", "orders");
            told(at, "a\n", "produce", "orders");
        }
        Path log = data.resolve("orders-0/00000000000000000000.log");
        byte[] bytes = Files.readAllBytes(log);
        bytes[bytes.length - 2] ^= 1;
        Files.write(log, bytes);
        try (Node node = node("hallows.shards=1")) {
            Endpoint at = node.start().orThrow();
            String refused = refused(at, "consume", "orders");
            assertTrue(refused.contains("corrupt message when fetching offset 0"), refused);
            refused(at, "consume", "orders");
        }
        String sentence = said.toString();
        assertEquals(1, sentence.lines().count(), sentence);
        assertTrue(sentence.contains("cannot be read at offset 0"), sentence);
        assertTrue(sentence.contains(log.toString()), sentence);
    }

    @Test
    void aLogThatIsLostIsTold() throws Exception {
        try (Node node = node("hallows.shards=1")) {
            Endpoint at = node.start().orThrow();
            told(at, "", "topic", "create", "orders", "items");
        }
        Files.move(data.resolve("orders-0"), data.resolveSibling(data.getFileName() + "-lost"));
        try (Node node = node("hallows.shards=1")) {
            Endpoint at = node.start().orThrow();
            assertEquals("", told(at, "", "consume", "orders"));
        }
        String sentence = said.toString();
        assertEquals(1, sentence.lines().count(), sentence);
        assertTrue(sentence.contains("should have the logs of orders-0, which"), sentence);
    }

    @Test
    void theDirectoryOfARunningNodeIsItsOwn() throws InterruptedException {
        try (Node first = node()) {
            Endpoint at = first.start().orThrow();
            try (Node second = node()) {
                Fault fault = assertInstanceOf(Result.Failed.class, second.start()).fault();
                assertTrue(fault.message().contains("in use by another process"), fault.message());
            }
            told(at, "", "topic", "create", "orders");
        }
    }

    /// As when the quorum's disk fails before the broker has joined.
    @Test
    void whoCannotGoOnIsNotWaitedFor() throws InterruptedException {
        events.fault("its log is gone", null, true);
        try (Node node = node()) {
            Fault fault = assertInstanceOf(Result.Failed.class, node.start()).fault();
            assertEquals(
                    "could not join the cluster: the quorum cannot go on: its log is gone",
                    fault.message());
        }
    }

    @Test
    void whatWasNeverStartedClosesToo() {
        node().close();
        assertEquals("", said.toString());
    }
}
