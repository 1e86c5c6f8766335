package hallows.runtime.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.Endpoint;
import hallows.runtime.Link;
import hallows.runtime.LinkEnd;
import hallows.runtime.Listener;
import hallows.runtime.Security;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// A core that listens, and a plain socket from the JDK at the other end.
final class Scene implements AutoCloseable {
    final Bench bench;
    final Chores chores;
    final Socket socket;
    final Party party;
    private static final Endpoint ANY_PORT = new Endpoint("127.0.0.1", 0);

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

    /// Always the same bytes.
    static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        new Random(7).nextBytes(random);
        return random;
    }

    void send(byte[] bytes) {
        send(socket, bytes);
    }

    static void send(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    void read(int bytes) {
        try {
            assertEquals(bytes, socket.getInputStream().readNBytes(bytes).length);
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    void sayNoMore() {
        try {
            socket.shutdownOutput();
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
