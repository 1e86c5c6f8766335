package hallows.runtime.os;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.LinkEnd;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InboxTest {
    private static final String TRANSPORTS = "hallows.runtime.os.Bench#transports";
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @MethodSource(TRANSPORTS)
    void aPausedLinkLeavesTheBytesWithTheHost(Transport transport) throws Exception {
        try (Scene scene = Scene.listening(transport)) {
            scene.chores.ask(() -> {
                scene.party.link.pauseReading();
                return true;
            });
            scene.send(HELLO);
            scene.sayNoMore();
            assertTrue(scene.chores.sleepsWhenLeftAlone() < 50);
            assertEquals(0, scene.party.heard.get());
            assertTrue(scene.party.ends.isEmpty());
            scene.chores.post(scene.party.link::resumeReading);
            assertEquals(LinkEnd.PEER_FINISHED, scene.end());
            assertArrayEquals(HELLO, scene.party.bytes());
        }
    }

    @ParameterizedTest
    @MethodSource(TRANSPORTS)
    void aLinkWithoutSpaceStopsUntilItIsResumed(Transport transport) throws Exception {
        byte[] sent = Scene.random(1 << 20);
        try (Scene scene = Scene.listening(transport)) {
            scene.party.full = true;
            Thread writer = Thread.ofVirtual().start(() -> scene.send(sent));
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
            scene.send(HELLO);
            Bench.await("all", () -> scene.party.heard.get() == HELLO.length);
            assertArrayEquals(HELLO, scene.party.bytes());
        }
    }

    @ParameterizedTest
    @MethodSource(TRANSPORTS)
    void aPeerThatSaysNoMoreStillGetsItsAnswer(Transport transport) throws Exception {
        byte[] sent = Scene.random(4 << 20);
        try (Scene scene = new Scene(transport, chores -> link -> Party.echoing(link, chores))) {
            Thread writer =
                    Thread.ofVirtual()
                            .start(() -> {
                                scene.send(sent);
                                scene.sayNoMore();
                            });
            assertArrayEquals(sent, scene.socket.getInputStream().readAllBytes());
            writer.join();
            assertEquals(LinkEnd.PEER_FINISHED, scene.end());
        }
    }

    @ParameterizedTest
    @MethodSource(TRANSPORTS)
    void aPausedLinkWhosePeerSaysNoMoreIsStillWrittenTo(Transport transport) throws Exception {
        byte[] sent = Scene.random(1 << 20);
        try (Scene scene = Scene.listening(transport)) {
            scene.party.full = true;
            scene.send(HELLO);
            scene.sayNoMore();
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
    void aResetWhilePausedDoesNotKeepTheCoreAwake(Transport transport) throws Exception {
        try (Scene scene = Scene.listening(transport)) {
            scene.party.full = true;
            scene.send(HELLO);
            Bench.await("asleep", scene.chores::asleep);
            scene.socket.setSoLinger(true, 0);
            scene.socket.close();
            assertTrue(scene.chores.sleepsWhenLeftAlone() < 50);
            scene.party.full = false;
            scene.chores.post(scene.party.link::resumeReading);
            assertInstanceOf(LinkEnd.Broken.class, scene.end());
        }
    }

    @ParameterizedTest
    @MethodSource(TRANSPORTS)
    void aHandlerCalledOutOfTheSleepFindsItsShardAwake(Transport transport) throws Exception {
        AtomicInteger asleep = new AtomicInteger();
        try (Scene scene =
                new Scene(
                        transport,
                        chores ->
                                link ->
                                        new Party(
                                                link,
                                                ByteBuffer.allocateDirect(64),
                                                bytes -> note(chores, asleep)))) {
            for (int round = 1; round <= 200; round++) {
                Bench.await("asleep", scene.chores::asleep);
                scene.send(HELLO);
                long heard = (long) round * HELLO.length;
                Bench.await("heard", () -> scene.party.heard.get() == heard);
            }
            assertEquals(0, asleep.get());
        }
    }

    private static void note(Chores chores, AtomicInteger asleep) {
        if (chores.asleep()) {
            asleep.incrementAndGet();
        }
    }
}
