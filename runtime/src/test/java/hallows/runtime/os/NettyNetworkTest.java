package hallows.runtime.os;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.Endpoint;
import hallows.runtime.Fault;
import hallows.runtime.Listener;
import hallows.runtime.Result;
import hallows.runtime.Security;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NettyNetworkTest {
    private static final String TRANSPORTS = "hallows.runtime.os.Bench#transports";
    private static final Endpoint ANY_PORT = new Endpoint("127.0.0.1", 0);

    private static Listener listen(Bench bench) {
        return bench.world.network().listen(ANY_PORT, Security.PLAIN).orThrow();
    }

    private static Socket dial(Listener listener) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), listener.endpoint().port());
    }

    @ParameterizedTest
    @MethodSource(TRANSPORTS)
    void aPortInUseIsSaidWithItsName(Transport transport) {
        try (Bench bench = new Bench(transport)) {
            Listener listener = listen(bench);
            Result<Listener> second =
                    bench.world.network().listen(listener.endpoint(), Security.PLAIN);
            Fault fault = assertInstanceOf(Result.Failed.class, second).fault();
            assertEquals(Fault.Kind.IN_USE, fault.kind());
            assertTrue(fault.message().contains(listener.endpoint().toString()), fault::message);
            listener.close();
            bench.world.network().listen(listener.endpoint(), Security.PLAIN).orThrow().close();
        }
    }

    @ParameterizedTest
    @MethodSource(TRANSPORTS)
    void anAddressThatIsNotOursIsRefused(Transport transport) {
        try (Bench bench = new Bench(transport)) {
            Result<Listener> refused =
                    bench.world.network().listen(new Endpoint("192.0.2.1", 0), Security.PLAIN);
            assertEquals(
                    Fault.Kind.UNREACHABLE,
                    assertInstanceOf(Result.Failed.class, refused).fault().kind());
        }
    }

    @ParameterizedTest
    @MethodSource(TRANSPORTS)
    void connectionsWaitUntilACoreHasJoined(Transport transport) throws Exception {
        try (Bench bench = new Bench(transport)) {
            Listener listener = listen(bench);
            try (Socket early = dial(listener)) {
                early.getOutputStream().write("early".getBytes(StandardCharsets.US_ASCII));
                Chores chores = bench.core();
                listener.join(chores.core, link -> Party.echoing(link, chores));
                assertArrayEquals(
                        "early".getBytes(StandardCharsets.US_ASCII),
                        early.getInputStream().readNBytes(5));
            }
            listener.close();
        }
    }

    @ParameterizedTest
    @MethodSource(TRANSPORTS)
    void connectionsAreSpreadEvenly(Transport transport) throws Exception {
        try (Bench bench = new Bench(transport)) {
            Listener listener = listen(bench);
            List<AtomicInteger> welcomed = List.of(new AtomicInteger(), new AtomicInteger());
            for (AtomicInteger count : welcomed) {
                Chores chores = bench.core();
                listener.join(
                        chores.core,
                        link -> {
                            count.incrementAndGet();
                            return Party.listening(link);
                        });
            }
            List<Socket> sockets = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                sockets.add(dial(listener));
            }
            Bench.await(
                    "all are welcome",
                    () -> welcomed.stream().mapToInt(AtomicInteger::get).sum() == 200);
            assertEquals(100, welcomed.getFirst().get());
            for (Socket socket : sockets) {
                socket.close();
            }
            listener.close();
        }
    }

    @ParameterizedTest
    @MethodSource(TRANSPORTS)
    void theAcceptorMovesWhenItsCoreLeavesOrEnds(Transport transport) throws Exception {
        try (Bench bench = new Bench(transport)) {
            Listener listener = listen(bench);
            Queue<String> welcomed = new ConcurrentLinkedQueue<>();
            List<Chores> cores = List.of(bench.core(), bench.core(), bench.core());
            for (Chores chores : cores) {
                listener.join(chores.core, link -> welcome(link, welcomed));
            }
            listener.leave(cores.getFirst().core);
            dial(listener).close();
            Bench.await("one is welcome", () -> welcomed.size() == 1);
            assertTrue(cores.get(1).stop());
            try (Socket fresh = dial(listener)) {
                Bench.await("another is welcome", () -> welcomed.size() == 2);
                assertEquals("test-core-2", welcomed.stream().toList().getLast());
                assertTrue(fresh.isConnected());
            }
            listener.close();
            Bench.await("the port is free", () -> isRefused(listener));
        }
    }

    @ParameterizedTest
    @MethodSource(TRANSPORTS)
    void theAcceptorSurvivesManyMoves(Transport transport) throws Exception {
        try (Bench bench = new Bench(transport)) {
            Listener listener = listen(bench);
            Queue<String> welcomed = new ConcurrentLinkedQueue<>();
            List<Chores> cores = List.of(bench.core(), bench.core());
            for (int move = 0; move < 100; move++) {
                listener.join(cores.get(move % 2).core, link -> welcome(link, welcomed));
                listener.leave(cores.get((move + 1) % 2).core);
                int expected = move + 1;
                dial(listener).close();
                Bench.await("welcome after move " + move, () -> welcomed.size() == expected);
            }
            listener.close();
        }
    }

    private static Party welcome(hallows.runtime.Link link, Queue<String> welcomed) {
        welcomed.add(Thread.currentThread().getName());
        return Party.listening(link);
    }

    private static boolean isRefused(Listener listener) {
        try (Socket socket = dial(listener)) {
            return !socket.isConnected();
        } catch (IOException refused) {
            return true;
        }
    }

    @ParameterizedTest
    @MethodSource(TRANSPORTS)
    void nobodyThereIsUnreachable(Transport transport) {
        try (Bench bench = new Bench(transport)) {
            Listener listener = listen(bench);
            listener.close();
            Chores chores = bench.core();
            for (String host : List.of("127.0.0.1", "no-such-host.invalid")) {
                Endpoint nowhere = new Endpoint(host, listener.endpoint().port());
                CompletionException refused =
                        assertThrows(
                                CompletionException.class,
                                () ->
                                        bench.connect(
                                                chores, nowhere, Security.PLAIN, Party::listening));
                assertTrue(String.valueOf(refused.getMessage()).contains("UNREACHABLE"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource(TRANSPORTS)
    void namesAreResolvedAndPeersAreNamed(Transport transport) {
        try (Bench bench = new Bench(transport)) {
            Listener listener = listen(bench);
            Chores chores = bench.core();
            listener.join(chores.core, Party::listening);
            Endpoint named = new Endpoint("localhost", listener.endpoint().port());
            assertEquals(
                    listener.endpoint(),
                    bench.connect(chores, named, Security.PLAIN, Party::listening).peer());
            listener.close();
        }
    }
}
