package hallows.bench.compare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WiresTest {
    private final List<byte[]> received = new ArrayList<>();
    private final List<Integer> numbers = new ArrayList<>();
    private ServerSocket broker;

    @BeforeEach
    void listen() throws IOException {
        broker = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        broker.close();
    }

    private Wires connect(int count) {
        return new Wires(
                (InetSocketAddress) broker.getLocalSocketAddress(),
                count,
                (frame, number) -> {
                    byte[] bytes = new byte[frame.remaining()];
                    frame.get(bytes);
                    received.add(bytes);
                    numbers.add(number);
                });
    }

    private static byte[] frame(byte... content) {
        return ByteBuffer.allocate(Integer.BYTES + content.length)
                .putInt(content.length)
                .put(content)
                .array();
    }

    private static byte[] pattern(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + length);
        }
        return bytes;
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private void awaitFrames(Wires wires, int count) {
        wires.run(() -> received.size() < count);
    }

    @Test
    void aFrameMayBeCutAnywhere() throws IOException {
        byte[] content = pattern(9);
        byte[] cut = frame(content);
        try (Wires wires = connect(1);
                Socket peer = broker.accept()) {
            for (int at = 0; at <= cut.length; at++) {
                received.clear();
                // What is before it has come when the frame before it has, as they go together.
                peer.getOutputStream().write(joined(frame(), Arrays.copyOf(cut, at)));
                awaitFrames(wires, 1);
                peer.getOutputStream().write(cut, at, cut.length - at);
                awaitFrames(wires, 2);
                assertEquals(0, received.getFirst().length);
                assertArrayEquals(content, received.getLast(), "cut at " + at);
            }
        }
    }

    @Test
    void aPieceMayHoldSeveralFrames() throws IOException {
        try (Wires wires = connect(1);
                Socket peer = broker.accept()) {
            peer.getOutputStream()
                    .write(
                            joined(
                                    frame(pattern(3)),
                                    frame(),
                                    frame(pattern(5)),
                                    frame(pattern(1))));
            awaitFrames(wires, 4);
        }
        assertEquals(List.of(3, 0, 5, 1), received.stream().map(bytes -> bytes.length).toList());
        assertArrayEquals(pattern(5), received.get(2));
    }

    @Test
    void aFrameMayBeLargerThanTheSpaceForIt() throws IOException {
        byte[] large = pattern(300_000);
        try (Wires wires = connect(1);
                Socket peer = broker.accept()) {
            Thread writer =
                    Thread.ofPlatform()
                            .start(() -> {
                                try {
                                    peer.getOutputStream()
                                            .write(
                                                    joined(
                                                            frame(pattern(7)),
                                                            frame(large),
                                                            frame(pattern(2))));
                                } catch (IOException broken) {
                                    throw new UncheckedIOException(broken);
                                }
                            });
            awaitFrames(wires, 3);
            writer.join();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
        assertArrayEquals(pattern(7), received.get(0));
        assertArrayEquals(large, received.get(1));
        assertArrayEquals(pattern(2), received.get(2));
    }

    @Test
    void everyConnectionHasItsNumber() throws IOException {
        try (Wires wires = connect(3);
                Socket first = broker.accept();
                Socket second = broker.accept();
                Socket third = broker.accept()) {
            for (Socket peer : List.of(third, first, second)) {
                peer.getOutputStream().write(frame());
                awaitFrames(wires, received.size() + 1);
            }
        }
        assertEquals(List.of(2, 0, 1), numbers);
    }

    @Test
    void aFrameIsSentInOrderAndMayBeSentAgain() throws IOException {
        ByteBuffer frame = ByteBuffer.wrap(frame(pattern(4)));
        try (Wires wires = connect(2);
                Socket _ = broker.accept();
                Socket second = broker.accept()) {
            wires.send(1, frame);
            wires.send(1, ByteBuffer.wrap(frame(pattern(2))));
            wires.send(1, frame);
            int[] looks = {0};
            wires.run(() -> looks[0]++ < 1);
            byte[] expected = joined(frame(pattern(4)), frame(pattern(2)), frame(pattern(4)));
            assertArrayEquals(expected, second.getInputStream().readNBytes(expected.length));
        }
    }

    @Test
    void aBrokerThatHangsUpEndsTheRun() throws IOException {
        try (Wires wires = connect(1)) {
            broker.accept().close();
            assertThrows(IllegalStateException.class, () -> wires.run(() -> true));
        }
    }

    @Test
    void nobodyThereIsSaidWithTheAddress() throws IOException {
        broker.close();
        String said = assertThrows(UncheckedIOException.class, () -> connect(1)).getMessage();
        assertEquals("no connection to " + broker.getLocalSocketAddress(), said);
    }
}
