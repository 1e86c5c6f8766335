package hallows.runtime.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.Endpoint;
import hallows.runtime.Link;
import hallows.runtime.LinkEnd;
import hallows.runtime.Listener;
import hallows.runtime.Security;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// A core that serves over TLS and calls from another.
final class TlsScene implements AutoCloseable {
    private static final Endpoint ANY_PORT = new Endpoint("127.0.0.1", 0);

    final Bench bench;
    final Chores server;
    final Chores client;
    final Listener listener;
    final CompletableFuture<Party> welcomed = new CompletableFuture<>();

    TlsScene(Transport transport, Security security, Function<Link, Party> handlers) {
        bench = new Bench(transport);
        server = bench.core();
        client = bench.core();
        listener = bench.world.network().listen(ANY_PORT, security).orThrow();
        listener.join(
                server.core,
                link -> {
                    Party fresh = handlers.apply(link);
                    welcomed.complete(fresh);
                    return fresh;
                });
    }

    Party served() {
        return welcomed.orTimeout(Chores.SECONDS, TimeUnit.SECONDS).join();
    }

    Party call(Security security) {
        CompletableFuture<Party> called = new CompletableFuture<>();
        bench.connect(
                client,
                listener.endpoint(),
                security,
                link -> {
                    Party fresh = Party.listening(link);
                    called.complete(fresh);
                    return fresh;
                });
        return called.join();
    }

    @Override
    public void close() {
        listener.close();
        bench.close();
        assertTrue(server.allReturned() && client.allReturned());
        assertEquals("[][]", server.thrown.toString() + client.thrown);
    }

    static LinkEnd end(Party party) {
        Bench.await("the end is told", () -> !party.ends.isEmpty());
        return party.ends.element();
    }
}
