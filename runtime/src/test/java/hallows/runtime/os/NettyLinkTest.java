package hallows.runtime.os;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.BrokenInvariant;
import hallows.runtime.Check;
import hallows.runtime.Endpoint;
import hallows.runtime.Link;
import hallows.runtime.LinkEnd;
import hallows.runtime.LinkHandler;
import hallows.runtime.Listener;
import hallows.runtime.Security;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NettyLinkTest {
    private static final String TRANSPORTS = "hallows.runtime.os.Bench#transports";
    private static final Endpoint ANY_PORT = new Endpoint("127.0.0.1", 0);
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

    /// A core that listens, and a plain socket from the JDK at the other end.
    private static final class Scene implements AutoCloseable {
        final Bench bench;
        final Chores chores;
        final Socket socket;
        final Party party;
        private final Listener listener;

        Scene(Transport transport, Function<Chores, Function<Link, Party>> handlers)
                throws IOException {
            bench = new Bench(transport);
            chores = bench.core();
            CompletableFuture<Party> welcomed = new CompletableFuture<>();
            listener = bench.world.network().listen(ANY_PORT, Security.PLAIN).orThrow();
            listener.join(
                    chores.core,
                    link -> {
                        Party fresh = handlers.apply(chores).apply(link);
                        welcomed.complete(fresh);
                        return fresh;
                    });
            socket = new Socket(InetAddress.getLoopbackAddress(), listener.endpoint().port());
            party = welcomed.orTimeout(Chores.SECONDS, TimeUnit.SECONDS).join();
        }

        static Scene listening(Transport transport) throws IOException {
            return new Scene(transport, chores -> Party::listening);
        }

        LinkEnd end() {
            Bench.await("the end is told", () -> !party.ends.isEmpty());
            return party.ends.element();
        }

        @Override
        public void close() throws IOException {
            socket.close();
            Bench.await("one end is told", () -> !party.ends.isEmpty());
            listener.close();
            bench.close();
            assertEquals(1, party.ends.size());
            assertTrue(chores.allReturned(), "every region has come home once");
            assertEquals("[]", chores.thrown.toString());
        }
    }

    private static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        new Random(7).nextBytes(random);
        return random;
    }

    @ParameterizedTest
    @MethodSource(TRANSPORTS)
    void whatIsSentComesBackHoweverSlowTheReader(Transport transport) throws Exception {
        byte[] sent = random(8 << 20);
        try (Scene scene = new Scene(transport, chores -> link -> Party.echoing(link, chores))) {
            Thread writer = Thread.ofVirtual().start(() -> write(scene.socket, sent));
            byte[] got = new byte[sent.length];
            InputStream in = scene.socket.getInputStream();
            int read = 0;
            for (int step = 0; read < got.length; step++) {
                // Small sips at first: the queue grows, the echo pauses.
                int most = Math.min(step < 2_000 ? 100 : 64 << 10, got.length - read);
                read += in.readNBytes(got, read, most);
            }
            writer.join();
            assertArrayEquals(sent, got);
            Bench.await("drained is told", () -> scene.party.drained.get() > 0);
            assertEquals(0, scene.chores.ask(scene.party.link::queuedBytes));
        }
    }

    private static void write(Socket socket, byte[] bytes) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @ParameterizedTest
    @MethodSource(TRANSPORTS)
    void aPausedLinkLeavesTheBytesWithTheHost(Transport transport) throws Exception {
        try (Scene scene = Scene.listening(transport)) {
            scene.chores.ask(() -> {
                scene.party.link.pauseReading();
                return true;
            });
            write(scene.socket, HELLO);
            long runs = scene.chores.runs.get();
            scene.socket.shutdownOutput();
            Bench.await("asleep again", scene.chores::asleep);
            assertEquals(0, scene.party.heard.get());
            assertTrue(scene.party.ends.isEmpty());
            assertTrue(scene.chores.runs.get() - runs < 1_000);
            scene.chores.post(scene.party.link::resumeReading);
            assertEquals(LinkEnd.PEER_FINISHED, scene.end());
            assertArrayEquals(HELLO, scene.party.bytes());
        }
    }

    @ParameterizedTest
    @MethodSource(TRANSPORTS)
    void aLinkWithoutSpaceStopsUntilItIsResumed(Transport transport) throws Exception {
        byte[] sent = random(1 << 20);
        try (Scene scene = Scene.listening(transport)) {
            scene.party.full = true;
            Thread writer = Thread.ofVirtual().start(() -> write(scene.socket, sent));
            Bench.await("asleep", scene.chores::asleep);
            assertEquals(0, scene.party.heard.get());
            while (scene.party.heard.get() < sent.length) {
                long before = scene.party.heard.get();
                scene.party.full = false;
                scene.chores.post(scene.party.link::resumeReading);
                Bench.await("more", () -> scene.party.heard.get() > before);
                scene.party.full = true;
            }
            writer.join();
            assertArrayEquals(sent, scene.party.bytes());
            scene.party.full = false;
            scene.chores.post(scene.party.link::resumeReading);
        }
    }

    @ParameterizedTest
    @MethodSource(TRANSPORTS)
    void heapSpaceIsFilledByCopying(Transport transport) throws Exception {
        try (Scene scene =
                new Scene(
                        transport,
                        chores -> link -> new Party(link, ByteBuffer.allocate(3), bytes -> {}))) {
            write(scene.socket, HELLO);
            Bench.await("all", () -> scene.party.heard.get() == HELLO.length);
            assertArrayEquals(HELLO, scene.party.bytes());
        }
    }

    @ParameterizedTest
    @MethodSource(TRANSPORTS)
    void abortReleasesWhatIsQueued(Transport transport) throws Exception {
        try (Scene scene = Scene.listening(transport)) {
            int bytes = 1 << 20;
            long queued =
                    scene.chores.ask(() -> {
                        for (int i = 0; i < 32; i++) {
                            scene.party.link.write(scene.chores.region(new byte[bytes]));
                        }
                        return scene.party.link.queuedBytes();
                    });
            assertEquals(32L * bytes, queued);
            Bench.await("the host is full", scene.chores::asleep);
            assertTrue(scene.chores.ask(scene.party.link::queuedBytes) < queued);
            scene.chores.post(scene.party.link::abort);
            assertEquals(LinkEnd.CLOSED, scene.end());
            scene.chores.post(() -> scene.party.link.write(scene.chores.region(HELLO)));
            Bench.await("all are home", () -> scene.chores.lent.get() == 33);
            Bench.await("all are home", scene.chores::allReturned);
            assertEquals(0, scene.party.drained.get());
        }
    }

    @ParameterizedTest
    @MethodSource(TRANSPORTS)
    void finishSendsAllAndThenCloses(Transport transport) throws Exception {
        byte[] sent = random(4 << 20);
        try (Scene scene = Scene.listening(transport)) {
            scene.chores.post(() -> {
                scene.party.link.write(scene.chores.region(new byte[0]));
                scene.party.link.write(scene.chores.region(sent));
                scene.party.link.finish();
                scene.party.link.write(scene.chores.region(HELLO));
            });
            assertArrayEquals(sent, scene.socket.getInputStream().readAllBytes());
            assertEquals(LinkEnd.CLOSED, scene.end());
        }
    }

    @ParameterizedTest
    @MethodSource(TRANSPORTS)
    void aPeerThatSaysNoMoreStillGetsItsAnswer(Transport transport) throws Exception {
        byte[] sent = random(4 << 20);
        try (Scene scene = new Scene(transport, chores -> link -> Party.echoing(link, chores))) {
            Thread writer =
                    Thread.ofVirtual()
                            .start(() -> {
                                write(scene.socket, sent);
                                shutdownOutput(scene.socket);
                            });
            assertArrayEquals(sent, scene.socket.getInputStream().readAllBytes());
            writer.join();
            assertEquals(LinkEnd.PEER_FINISHED, scene.end());
        }
    }

    private static void shutdownOutput(Socket socket) {
        try {
            socket.shutdownOutput();
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @ParameterizedTest
    @MethodSource(TRANSPORTS)
    void aPausedLinkWhosePeerSaysNoMoreIsStillWrittenTo(Transport transport) throws Exception {
        byte[] sent = random(1 << 20);
        try (Scene scene = Scene.listening(transport)) {
            scene.party.full = true;
            write(scene.socket, HELLO);
            scene.socket.shutdownOutput();
            Bench.await("asleep", scene.chores::asleep);
            for (int round = 0; round < 8; round++) {
                scene.chores.post(() -> scene.party.link.write(scene.chores.region(sent)));
                assertArrayEquals(sent, scene.socket.getInputStream().readNBytes(sent.length));
            }
            scene.party.full = false;
            scene.chores.post(scene.party.link::resumeReading);
            assertEquals(LinkEnd.PEER_FINISHED, scene.end());
            assertArrayEquals(HELLO, scene.party.bytes());
        }
    }

    @ParameterizedTest
    @MethodSource(TRANSPORTS)
    void aResetIsABreak(Transport transport) throws Exception {
        try (Scene scene = Scene.listening(transport)) {
            scene.socket.setSoLinger(true, 0);
            scene.socket.close();
            assertInstanceOf(LinkEnd.Broken.class, scene.end());
        }
    }

    @ParameterizedTest
    @MethodSource(TRANSPORTS)
    void aResetWhilePausedDoesNotKeepTheCoreAwake(Transport transport) throws Exception {
        try (Scene scene = Scene.listening(transport)) {
            scene.party.full = true;
            write(scene.socket, HELLO);
            Bench.await("asleep", scene.chores::asleep);
            int before = scene.chores.runs.get();
            scene.socket.setSoLinger(true, 0);
            scene.socket.close();
            Bench.await("asleep", scene.chores::asleep);
            assertTrue(scene.chores.runs.get() - before < 1_000);
            scene.party.full = false;
            scene.chores.post(scene.party.link::resumeReading);
            assertInstanceOf(LinkEnd.Broken.class, scene.end());
        }
    }

    @ParameterizedTest
    @MethodSource(TRANSPORTS)
    void aCoreThatEndsClosesItsLinks(Transport transport) throws Exception {
        try (Scene scene = Scene.listening(transport)) {
            scene.chores.post(() -> scene.party.link.write(scene.chores.region(new byte[9 << 20])));
            Bench.await("asleep", scene.chores::asleep);
            assertTrue(scene.chores.stop());
            assertEquals(LinkEnd.CLOSED, scene.end());
        }
    }

    /// Fails in a way of its own at each of its events.
    private record Faulty(int step) implements LinkHandler {
        private void fail(int now) {
            Check.that(step != now, "step " + step + " holds");
        }

        @Override
        public ByteBuffer space() {
            fail(1);
            return step == 2 ? ByteBuffer.allocateDirect(0) : ByteBuffer.allocateDirect(64);
        }

        @Override
        public void received(int bytes) {
            fail(3);
        }

        @Override
        public void drained() {
            fail(4);
        }

        @Override
        public void closed(LinkEnd end) {
            fail(5);
        }
    }

    @ParameterizedTest
    @MethodSource(TRANSPORTS)
    void whatAHandlerThrowsComesOutOfPoll(Transport transport) throws Exception {
        try (Bench bench = new Bench(transport)) {
            Chores chores = bench.core();
            AtomicInteger step = new AtomicInteger();
            Listener listener = bench.world.network().listen(ANY_PORT, Security.PLAIN).orThrow();
            listener.join(chores.core, link -> faulty(link, chores, step.get()));
            for (; step.get() <= 5; step.incrementAndGet()) {
                try (Socket socket =
                        new Socket(InetAddress.getLoopbackAddress(), listener.endpoint().port())) {
                    write(socket, HELLO);
                    if (step.get() == 5) {
                        socket.shutdownOutput();
                    }
                    Bench.await("thrown at " + step, () -> chores.thrown.size() == step.get() + 1);
                }
            }
            assertTrue(chores.thrown.stream().allMatch(BrokenInvariant.class::isInstance));
            listener.close();
            Bench.await("all are home", chores::allReturned);
        }
    }

    private static LinkHandler faulty(Link link, Chores chores, int step) {
        Check.that(step != 0, "step 0 holds");
        link.write(chores.region(HELLO));
        return new Faulty(step);
    }
}
