package hallows.bench.floor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.bench.compare.Outcome;
import hallows.bench.floor.Service.Echo.Kept;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Services and who asks them, over sockets, in one program.
@Timeout(60)
class ServiceTest {
    private static final double SECONDS = 0.05;
    private static final int BLOCK_BYTES = 1 << 16;

    @TempDir private Path directory;
    private ServerSocketChannel server;
    private double cpuSeconds;

    @BeforeEach
    void listen() throws IOException {
        server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private InetSocketAddress serve(Service service) throws IOException {
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    try {
                        Child.accept(server, service, directory.resolve("file").toString());
                    } catch (AsynchronousCloseException stopped) {
                        return;
                    } catch (IOException broken) {
                        throw new UncheckedIOException(broken);
                    }
                });
        return (InetSocketAddress) server.getLocalAddress();
    }

    private List<Outcome> asked(Service service, Manner manner) throws IOException {
        try (Asker asker = new Asker(serve(service), service.requestBytes(), manner)) {
            return asker.measure(SECONDS, () -> cpuSeconds++);
        }
    }

    private static long requests(List<Outcome> laps) {
        return laps.stream().mapToLong(lap -> lap.done().requests()).sum();
    }

    private long bytesOf(int connection) throws IOException {
        return Files.size(directory.resolve("file-" + connection));
    }

    @Test
    void inTimeMeansAsOftenAsTheRateSays() throws IOException {
        List<Outcome> laps = asked(new Service.Echo(Kept.NOWHERE, false), new Manner.InTime(1_000));
        assertEquals(Line.LAPS, laps.size());
        for (Outcome lap : laps) {
            assertEquals(50, lap.done().requests());
            assertEquals(1, lap.cost().cpuSeconds());
        }
    }

    @Test
    void whatIsSentBackOnceItIsFlushedIsInTheFile() throws IOException {
        List<Outcome> laps = asked(new Service.Echo(Kept.ON_DISK, false), Manner.Crowded.one());
        // After each lap there is one that does not count.
        assertEquals((requests(laps) + Line.LAPS) * 170, bytesOf(0));
    }

    @Test
    void aLapToFilesEndsUnderItsLimitAndLeavesThemEmpty() throws IOException {
        List<Outcome> laps =
                asked(new Service.ToFile(false), new Manner.Crowded(2, 3, 10 * BLOCK_BYTES));
        for (Outcome lap : laps) {
            long blocks = lap.done().bytes() / BLOCK_BYTES;
            assertTrue(blocks > 0 && blocks <= 10 + 2 * 3, () -> "were " + blocks);
        }
        assertEquals(0, bytesOf(0));
        assertEquals(0, bytesOf(1));
    }

    @Test
    void whatIsCheckedIsAnsweredWithItsChecksumAndWritten() throws IOException {
        byte[] block = new byte[BLOCK_BYTES];
        new Random(5).nextBytes(block);
        CRC32C checksum = new CRC32C();
        checksum.update(block);
        try (Socket client = new Socket()) {
            client.connect(serve(new Service.ToFile(true)));
            client.getOutputStream().write(block);
            ByteBuffer answer = ByteBuffer.wrap(client.getInputStream().readNBytes(20));
            assertEquals(16, answer.getInt());
            assertEquals((int) checksum.getValue(), answer.getInt());
        }
        assertArrayEquals(block, Files.readAllBytes(directory.resolve("file-0")));
    }

    @Test
    void aPieceOfTheFileComesBehindItsHead() throws IOException {
        int bytes = 1 << 16;
        List<Outcome> laps = asked(new Service.FromFile(bytes), Manner.Crowded.one());
        for (Outcome lap : laps) {
            // All but the number that says how long it is.
            assertEquals(lap.done().requests() * (36 + bytes), lap.done().bytes());
        }
        assertTrue(requests(laps) > 0);
    }
}
