package hallows.runtime.os;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NettyLinkTest {
    private static final String TRANSPORTS = "hallows.runtime.os.Bench#transports";
    private static final Endpoint ANY_PORT = new Endpoint("127.0.0.1", 0);
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @MethodSource(TRANSPORTS)
    void whatIsSentComesBackHoweverSlowTheReader(Transport transport) throws Exception {
        byte[] sent = Scene.random(8 << 20);
        try (Scene scene = new Scene(transport, chores -> link -> Party.echoing(link, chores))) {
            Thread writer = Thread.ofVirtual().start(() -> scene.send(sent));
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

    @ParameterizedTest
    @MethodSource(TRANSPORTS)
    void whoIsSentMuchIsNotExpectedToAskAtOnce(Transport transport) throws Exception {
        byte[] much = Scene.random(300 << 10);
        try (Scene scene = Scene.listening(transport)) {
            NettyCore core = (NettyCore) scene.chores.core;
            CountDownLatch asked = new CountDownLatch(1);
            Thread reader =
                    Thread.ofVirtual()
                            .start(() -> {
                                scene.read(much.length);
                                Bench.await("it is looked at", () -> asked.getCount() == 0);
                                scene.send(HELLO);
                            });
            scene.chores.ask(() -> {
                scene.party.link.write(scene.chores.region(much));
                pollWhile(core, () -> scene.party.link.queuedBytes() > 0);
                assertFalse(core.expects());
                asked.countDown();
                pollWhile(core, () -> scene.party.heard.get() < HELLO.length);
                assertTrue(core.expects());
                return true;
            });
            reader.join();
        }
    }

    private static void pollWhile(NettyCore core, BooleanSupplier goesOn) {
        while (goesOn.getAsBoolean()) {
            core.flush();
            core.poll();
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
        byte[] sent = Scene.random(4 << 20);
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
    void aResetIsABreak(Transport transport) throws Exception {
        try (Scene scene = Scene.listening(transport)) {
            scene.socket.setSoLinger(true, 0);
            scene.socket.close();
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
                try (Socket _ = visitor(listener, step.get() == 5)) {
                    Bench.await("thrown at " + step, () -> chores.thrown.size() == step.get() + 1);
                }
            }
            assertTrue(chores.thrown.stream().allMatch(BrokenInvariant.class::isInstance));
            listener.close();
            Bench.await("all are home", chores::allReturned);
        }
    }

    /// Says hello, and then says no more when it is to leave.
    private static Socket visitor(Listener listener, boolean leaves) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.endpoint().port());
        Scene.send(socket, HELLO);
        if (leaves) {
            socket.shutdownOutput();
        }
        return socket;
    }

    private static LinkHandler faulty(Link link, Chores chores, int step) {
        Check.that(step != 0, "step 0 holds");
        link.write(chores.region(HELLO));
        return new Faulty(step);
    }
}
