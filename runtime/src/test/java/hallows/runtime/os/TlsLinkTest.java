package hallows.runtime.os;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.Disk.OpenMode;
import hallows.runtime.DiskFile;
import hallows.runtime.Endpoint;
import hallows.runtime.Link;
import hallows.runtime.LinkEnd;
import hallows.runtime.Listener;
import hallows.runtime.Security;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TlsLinkTest {
    private static final String TRANSPORTS = "hallows.runtime.os.Bench#transports";
    private static final Endpoint ANY_PORT = new Endpoint("127.0.0.1", 0);
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

    @TempDir private static Path directory;
    private static SSLContext context;

    @BeforeAll
    static void makeCertificate() throws Exception {
        context = Certificates.trusted(directory);
    }

    private static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        new Random(11).nextBytes(random);
        return random;
    }

    @ParameterizedTest
    @MethodSource(TRANSPORTS)
    void bothSidesHearWhatIsSaidAndHowItEnds(Transport transport) {
        byte[] sent = random(3 << 20);
        Security proven = new Security.Tls(context, true);
        try (TlsScene scene = new TlsScene(transport, proven, Party::listening)) {
            Party caller = scene.call(proven);
            scene.client.post(() -> caller.link.write(scene.client.region(sent)));
            Party served = scene.served();
            Bench.await("all is heard", () -> served.heard.get() == sent.length);
            assertArrayEquals(sent, served.bytes());
            Bench.await("drained", () -> caller.drained.get() == 1);
            assertEquals(0, scene.client.ask(caller.link::queuedBytes));
            scene.server.post(() -> {
                served.link.write(scene.server.region(HELLO));
                served.link.finish();
            });
            assertEquals(LinkEnd.PEER_FINISHED, TlsScene.end(caller));
            assertArrayEquals(HELLO, caller.bytes());
            assertEquals(LinkEnd.CLOSED, TlsScene.end(served));
        }
    }

    @ParameterizedTest
    @MethodSource(TRANSPORTS)
    void anEchoSurvivesAFullHandlerInTheMiddle(Transport transport) throws Exception {
        byte[] sent = random(1 << 20);
        Security security = new Security.Tls(context, false);
        try (TlsScene scene = new TlsScene(transport, security, Party::listening);
                Socket socket = socket(scene.listener)) {
            Thread writer =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    socket.getOutputStream().write(sent);
                                } catch (IOException broken) {
                                    throw new IllegalStateException(broken);
                                }
                            });
            Party served = scene.served();
            for (int round = 0; served.heard.get() < sent.length; round++) {
                served.full = round % 2 == 0;
                scene.server.post(served.link::resumeReading);
                scene.server.ask(() -> true);
            }
            writer.join();
            assertArrayEquals(sent, served.bytes());
        }
    }

    private static Socket socket(Listener listener) throws Exception {
        SSLSocket socket =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(
                                        InetAddress.getLoopbackAddress(),
                                        listener.endpoint().port());
        socket.startHandshake();
        return socket;
    }

    @ParameterizedTest
    @MethodSource(TRANSPORTS)
    void abortUnderTlsReleasesWhatIsQueuedAtOnce(Transport transport) throws Exception {
        Security security = new Security.Tls(context, false);
        try (TlsScene scene = new TlsScene(transport, security, Party::listening);
                Socket socket = socket(scene.listener)) {
            Party served = scene.served();
            long queued =
                    scene.server.ask(() -> {
                        served.link.write(scene.server.region(new byte[32 << 20]));
                        served.link.write(scene.server.region(HELLO));
                        return served.link.queuedBytes();
                    });
            assertEquals((32 << 20) + HELLO.length, queued);
            Bench.await("the host is full", scene.server::asleep);
            scene.server.post(served.link::abort);
            assertEquals(LinkEnd.CLOSED, TlsScene.end(served));
            Bench.await("all are home", scene.server::allReturned);
            assertTrue(socket.isConnected());
        }
    }

    @Test
    void handshakesDoNotWaitBehindBlockedJobs() {
        Security security = new Security.Tls(context, true);
        CountDownLatch flushed = new CountDownLatch(1);
        try (TlsScene scene = new TlsScene(Transport.AUTO, security, Party::listening)) {
            for (int job = 0; job < 100; job++) {
                scene.bench.world.blocking().run(() -> await(flushed));
            }
            assertEquals(scene.listener.endpoint(), scene.call(security).link.peer());
        } finally {
            flushed.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException never) {
            throw new IllegalStateException(never);
        }
    }

    @Test
    void aPeerWithoutACertificateIsRefusedAndNobodyIsWelcomed() throws Exception {
        try (TlsScene scene =
                new TlsScene(Transport.AUTO, new Security.Tls(context, true), Party::listening)) {
            SSLContext bare = SSLContext.getInstance("TLS");
            bare.init(null, null, null);
            assertThrows(
                    CompletionException.class, () -> scene.call(new Security.Tls(bare, false)));
            assertThrows(CompletionException.class, () -> scene.call(noTls(scene)));
            assertTrue(!scene.welcomed.isDone());
        }
    }

    /// A caller that speaks TLS to a port that does not.
    private static Security noTls(TlsScene scene) {
        Listener plain = scene.bench.world.network().listen(ANY_PORT, Security.PLAIN).orThrow();
        plain.join(scene.server.core, TlsLinkTest::leaving);
        Security tls = new Security.Tls(context, false);
        scene.bench.connect(scene.client, plain.endpoint(), tls, Party::listening);
        return tls;
    }

    private static Party leaving(Link link) {
        link.abort();
        return Party.listening(link);
    }

    @Test
    void aPeerThatLeavesWithoutAFarewellHasBroken() throws Exception {
        Security security = new Security.Tls(context, false);
        try (TlsScene scene = new TlsScene(Transport.AUTO, security, Party::listening)) {
            Party served = shaken(scene);
            assertInstanceOf(LinkEnd.Broken.class, TlsScene.end(served));
        }
    }

    /// Shakes hands and is gone.
    private static Party shaken(TlsScene scene) throws Exception {
        InetAddress here = InetAddress.getLoopbackAddress();
        try (Socket raw = new Socket(here, scene.listener.endpoint().port())) {
            SSLSocket secured =
                    (SSLSocket)
                            context.getSocketFactory()
                                    .createSocket(raw, "localhost", raw.getPort(), false);
            secured.startHandshake();
            return scene.served();
        }
    }

    @ParameterizedTest
    @MethodSource(TRANSPORTS)
    void aFileIsSentWithOrWithoutTls(Transport transport, @TempDir Path files) throws Exception {
        byte[] content = random(5 << 20);
        Path path = Files.write(files.resolve("log"), content);
        for (Security security : new Security[] {Security.PLAIN, new Security.Tls(context, true)}) {
            try (TlsScene scene = new TlsScene(transport, security, Party::listening)) {
                DiskFile file = scene.bench.world.disk().open(path, OpenMode.READ).orThrow();
                Party caller = scene.call(security);
                scene.client.post(() -> {
                    caller.link.write(scene.client.region(file, 3, content.length - 3));
                    caller.link.write(scene.client.region(HELLO));
                });
                Party served = scene.served();
                Bench.await("all", () -> served.heard.get() == content.length - 3 + 5);
                ByteBuffer heard = ByteBuffer.wrap(served.bytes());
                assertEquals(
                        ByteBuffer.wrap(content, 3, content.length - 3),
                        heard.slice(0, content.length - 3));
                Bench.await("both regions are home", scene.client::allReturned);
                assertEquals((long) content.length, file.size().orThrow());
                file.close();
            }
        }
    }

    @ParameterizedTest
    @MethodSource(TRANSPORTS)
    void aFileThatEndsTooEarlyBreaksTheLink(Transport transport, @TempDir Path files)
            throws Exception {
        Path path = Files.write(files.resolve("short"), HELLO);
        for (Security security : new Security[] {Security.PLAIN, new Security.Tls(context, true)}) {
            try (TlsScene scene = new TlsScene(transport, security, Party::listening)) {
                DiskFile file = scene.bench.world.disk().open(path, OpenMode.READ).orThrow();
                Party caller = scene.call(security);
                scene.client.post(() -> caller.link.write(scene.client.region(file, 0, 50)));
                assertInstanceOf(LinkEnd.Broken.class, TlsScene.end(caller));
                Bench.await("the region is home", scene.client::allReturned);
                file.close();
            }
        }
    }
}
