package hallows.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.cluster.BrokerImage;
import hallows.cluster.kafka.NodeProperties;
import hallows.runtime.Endpoint;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import hallows.runtime.os.OsOptions;
import hallows.runtime.os.OsWorld;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The ports of this machine, always free ones.
final class DoorsTest {
    private final OsWorld world = new OsWorld(OsOptions.standard());

    @AfterEach
    void close() {
        world.close();
    }

    private Result<Doors> open(String listeners, String... others) {
        return Doors.open(world, properties(listeners, others));
    }

    private static NodeProperties properties(String listeners, String... others) {
        Map<String, String> said =
                others.length == 0
                        ? Map.of("listeners", listeners)
                        : Map.of("listeners", listeners, others[0], others[1]);
        return NodeProperties.of(said);
    }

    private static Fault refused(Result<Doors> opened) {
        return assertInstanceOf(Result.Failed.class, opened).fault();
    }

    private static ServerSocket taken() throws Exception {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @Test
    void aFreePortIsAdvertisedAsTheOneThatWasTaken() {
        try (Doors doors = open("PLAINTEXT://127.0.0.1:0").orThrow()) {
            Endpoint at = doors.first();
            assertNotEquals(0, at.port());
            assertEquals(
                    List.of(
                            new BrokerImage.Listener(
                                    "PLAINTEXT", "PLAINTEXT", "127.0.0.1", at.port())),
                    doors.advertised());
        }
    }

    @Test
    void whatIsAdvertisedIsAsItWasSaid() {
        try (Doors doors =
                open("PLAINTEXT://127.0.0.1:0", "advertised.listeners", "PLAINTEXT://far:1")
                        .orThrow()) {
            assertEquals(
                    List.of(new BrokerImage.Listener("PLAINTEXT", "PLAINTEXT", "far", 1)),
                    doors.advertised());
        }
    }

    @Test
    void whoListensEverywhereIsKnownByTheMachinesName() throws Exception {
        try (Doors doors = open("PLAINTEXT://:0").orThrow()) {
            BrokerImage.Listener advertised = doors.advertised().getFirst();
            assertEquals(InetAddress.getLocalHost().getCanonicalHostName(), advertised.host());
            assertEquals(doors.first().port(), advertised.port());
        }
    }

    @Test
    void eachListenerIsADoorButForTheControllers() {
        try (Doors doors =
                open(
                                "IN://127.0.0.1:0,OUT://127.0.0.1:0,CONTROLLER://127.0.0.1:0",
                                "listener.security.protocol.map",
                                "IN:PLAINTEXT,OUT:PLAINTEXT,CONTROLLER:PLAINTEXT")
                        .orThrow()) {
            assertEquals(List.of("IN", "OUT"), List.copyOf(doors.open().keySet()));
            assertEquals(
                    doors.open().values().stream().map(door -> door.endpoint().port()).toList(),
                    doors.advertised().stream().map(BrokerImage.Listener::port).toList());
        }
    }

    @Test
    void aPortInUseIsToldAndTheOtherDoorsAreClosedAgain() throws Exception {
        int free;
        try (ServerSocket socket = taken()) {
            free = socket.getLocalPort();
        }
        try (ServerSocket socket = taken()) {
            String both =
                    "A://127.0.0.1:%d,B://127.0.0.1:%d".formatted(free, socket.getLocalPort());
            Fault fault =
                    refused(
                            open(
                                    both,
                                    "listener.security.protocol.map",
                                    "A:PLAINTEXT,B:PLAINTEXT,CONTROLLER:PLAINTEXT"));
            assertEquals(Fault.Kind.IN_USE, fault.kind());
            assertEquals(
                    "127.0.0.1:%d is in use: stop who has it, or listen elsewhere with --listen HOST:PORT"
                            .formatted(socket.getLocalPort()),
                    fault.message());
        }
        open("PLAINTEXT://127.0.0.1:" + free).orThrow().close();
    }

    @Test
    void whatIsNotSpokenYetIsRefused() {
        Fault fault = refused(open("SSL://127.0.0.1:0"));
        assertEquals(
                "cannot listen on SSL://127.0.0.1:0: SSL is not spoken yet: give it the protocol PLAINTEXT",
                fault.message());
    }

    @Test
    void anAddressOfNobodyHereIsTold() {
        Fault fault = refused(open("PLAINTEXT://192.0.2.1:0"));
        assertEquals(
                "192.0.2.1 is no address of this host: listen on one that is, such as 127.0.0.1, with --listen HOST:PORT",
                fault.message());
    }

    @Test
    void everyAddressIsWrittenAsItIsTyped() {
        try (Doors doors =
                open("PLAINTEXT://[::]:0", "advertised.listeners", "PLAINTEXT://far:1").orThrow()) {
            assertTrue(doors.first().toString().startsWith("[::]:"), doors.first().toString());
        }
    }
}
