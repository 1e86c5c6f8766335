package hallows.runtime.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.Core;
import hallows.runtime.Endpoint;
import hallows.runtime.Fault;
import hallows.runtime.Link;
import hallows.runtime.LinkHandler;
import hallows.runtime.Listener;
import hallows.runtime.Network;
import hallows.runtime.Result;
import hallows.runtime.Security;
import io.netty.channel.ChannelException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A host that gives nothing: whoever asks is told so.
class RefusedDialTest {
    private static final String TRANSPORTS = "hallows.runtime.os.Bench#transports";
    private static final Endpoint NOBODY = new Endpoint("127.0.0.1", 1);
    private static final String EXHAUSTED = "Too many open files";

    /// A network whose host has no descriptor left.
    private static Network exhausted(Bench bench, Transport transport) {
        Sockets real = Sockets.of(transport);
        Sockets none =
                new Sockets(
                        real.loops(),
                        () -> {
                            throw new ChannelException(EXHAUSTED);
                        },
                        () -> {
                            throw new ChannelException(EXHAUSTED);
                        },
                        real.readsInPlace(),
                        real.forgets(),
                        real.reset());
        return new NettyNetwork(none, bench.world.blocking(), new Tls(Runnable::run, 1_000), 1_000);
    }

    /// What a caller is told, who must be told on the core.
    private static Fault refusal(Network network, Chores chores, Endpoint to, Security security) {
        CompletableFuture<Fault> told = new CompletableFuture<>();
        network.connect(chores.core, to, security, new Told(chores.core, told));
        return told.orTimeout(Chores.SECONDS, TimeUnit.SECONDS).join();
    }

    private record Told(Core core, CompletableFuture<Fault> fault) implements Network.Caller {
        @Override
        public LinkHandler welcome(Link link) {
            throw new IllegalStateException("nobody is there");
        }

        @Override
        public void unreachable(Fault why) {
            assertTrue(core.here());
            assertTrue(fault.complete(why), "told once");
        }
    }

    /// TLS that makes no engine: it was never set up.
    private static Security unfit() throws NoSuchAlgorithmException {
        return new Security.Tls(SSLContext.getInstance("TLS"), false);
    }

    @ParameterizedTest
    @MethodSource(TRANSPORTS)
    void callerIsToldWhenThereIsNoSocket(Transport transport) {
        try (Bench bench = new Bench(transport)) {
            Network network = exhausted(bench, transport);
            Fault fault = refusal(network, bench.core(), NOBODY, Security.PLAIN);
            assertEquals(new Fault(Fault.Kind.UNREACHABLE, EXHAUSTED), fault);
            Result<Listener> listened = network.listen(NOBODY, Security.PLAIN);
            assertTrue(
                    listened instanceof Result.Failed<Listener>(Fault why)
                            && why.message().contains(EXHAUSTED),
                    listened::toString);
        }
    }

    @ParameterizedTest
    @MethodSource(TRANSPORTS)
    void callerIsToldWhenTlsMakesNoEngine(Transport transport) throws Exception {
        try (Bench bench = new Bench(transport)) {
            Chores chores = bench.core();
            Fault fault = refusal(bench.world.network(), chores, NOBODY, unfit());
            assertTrue(fault.message().contains("not initialized"), fault::toString);
        }
    }

    @ParameterizedTest
    @MethodSource(TRANSPORTS)
    void visitorIsTurnedAwayWhenTlsMakesNoEngine(Transport transport) throws Exception {
        try (Bench bench = new Bench(transport)) {
            Listener listener =
                    bench.world.network().listen(new Endpoint("127.0.0.1", 0), unfit()).orThrow();
            listener.join(bench.core().core, Party::listening);
            for (int visitor = 0; visitor < 3; visitor++) {
                assertTrue(isTurnedAway(listener));
            }
            listener.close();
        }
    }

    private static boolean isTurnedAway(Listener listener) throws IOException {
        int port = listener.endpoint().port();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(Chores.SECONDS));
            return socket.getInputStream().read() < 0;
        }
    }

    @Test
    void portThatIsNoneIsUnreachable() {
        try (Bench bench = new Bench(Transport.AUTO)) {
            Chores chores = bench.core();
            for (String host : new String[] {"127.0.0.1", "localhost"}) {
                Endpoint to = new Endpoint(host, 1 << 16);
                Fault fault = refusal(bench.world.network(), chores, to, Security.PLAIN);
                assertTrue(fault.message().contains("port out of range"), fault::toString);
                assertTrue(
                        bench.world.network().listen(to, Security.PLAIN)
                                instanceof Result.Failed<Listener>);
            }
        }
    }

    @Test
    void nameThatCannotBeLookedUpNowIsUnreachable() {
        try (Bench bench = new Bench(Transport.AUTO)) {
            Network network =
                    new NettyNetwork(
                            Sockets.of(bench.world.transport()),
                            job -> {
                                throw new RejectedExecutionException("too many wait");
                            },
                            new Tls(Runnable::run, 1_000),
                            1_000);
            Endpoint to = new Endpoint("localhost", 1);
            Fault fault = refusal(network, bench.core(), to, Security.PLAIN);
            assertEquals("too many wait", fault.message());
        }
    }
}
