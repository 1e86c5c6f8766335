package hallows.runtime.os;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hallows.runtime.Disk.OpenMode;
import hallows.runtime.DiskFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CorkTest {
    private static final byte[] HEAD = Scene.random(60);
    private static final byte[] RECORDS = Scene.random(20_000);
    private static final int ANSWERS = 200;

    /// A cork that stays in holds each answer back for a fifth of a second: 40 s in all.
    @Timeout(Chores.SECONDS)
    @ParameterizedTest
    @MethodSource("hallows.runtime.os.Bench#transports")
    void headTravelsWithItsRecords(Transport transport, @TempDir Path files) throws IOException {
        Path path = Files.write(files.resolve("records"), RECORDS);
        try (Scene scene = Scene.listening(transport)) {
            DiskFile file = scene.bench.world.disk().open(path, OpenMode.READ).orThrow();
            int alone = 0;
            for (int answer = 0; answer < ANSWERS; answer++) {
                scene.chores.post(() -> {
                    scene.party.link.write(scene.chores.region(HEAD));
                    scene.party.link.write(scene.chores.region(file, 0, RECORDS.length));
                });
                alone += firstRead(scene.socket.getInputStream()) <= HEAD.length ? 1 : 0;
            }
            // Only Linux's own sockets have a cork, and io_uring is given copies.
            if (transport == Transport.EPOLL) {
                assertEquals(0, alone, "heads that came alone");
            }
            Bench.await("all is home", scene.chores::allReturned);
            file.close();
        }
    }

    /// How much of an answer came first; all of it is right.
    private static int firstRead(InputStream in) throws IOException {
        byte[] answer = new byte[HEAD.length + RECORDS.length];
        int first = in.read(answer);
        in.readNBytes(answer, first, answer.length - first);
        assertArrayEquals(HEAD, Arrays.copyOf(answer, HEAD.length));
        assertArrayEquals(RECORDS, Arrays.copyOfRange(answer, HEAD.length, answer.length));
        return first;
    }
}
