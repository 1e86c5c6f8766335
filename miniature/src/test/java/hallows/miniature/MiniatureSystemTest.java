package hallows.miniature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.model.Refusal;
import hallows.runtime.Endpoint;
import hallows.runtime.Host;
import hallows.runtime.HostOptions;
import hallows.runtime.Listener;
import hallows.runtime.Report;
import hallows.runtime.Security;
import hallows.runtime.os.OsOptions;
import hallows.runtime.os.OsWorld;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The same service for real: threads, sockets, files and processes.
@Timeout(120)
final class MiniatureSystemTest {
    private static final int SERVICE_BYTES = 4 << 20;

    private final OsWorld world = new OsWorld(OsOptions.standard());
    private final List<Report> reports = new CopyOnWriteArrayList<>();
    private final Ledger ledger = new Ledger();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private Listener listener = world.network().listen(free(), Security.PLAIN).orThrow();

    @SuppressWarnings("NullAway.Init")
    private Host service;

    @BeforeEach
    void start() {
        service =
                Host.start(
                        world,
                        HostOptions.shards(2)
                                .memory(SERVICE_BYTES, 1 << 16)
                                .reporting(reports::add),
                        List.of(Miniature.service(listener, directory, SERVICE_BYTES)));
    }

    @AfterEach
    void stop() {
        assertTrue(service.stop(10_000));
        service.close();
        listener.close();
        world.close();
        assertEquals(List.of(), reports);
    }

    @Test
    void whatIsAppendedIsFollowed() throws Exception {
        Load load = new Load(4, 6, 5000, 32, 500);
        try (RealClients clients = new RealClients(world, listener.endpoint(), load, ledger)) {
            clients.await(seen -> seen.settled == 20_000 && seen.hasReadAll());
        }
        assertEquals(20_000, ledger.appended);
    }

    @Test
    void largeRecordsGoFromTheFileToTheSocket() throws Exception {
        Load load = new Load(2, 2, 100, 4, 200_000);
        try (RealClients clients = new RealClients(world, listener.endpoint(), load, ledger)) {
            clients.await(seen -> seen.settled == 200 && seen.hasReadAll());
        }
        assertEquals(200, ledger.appended);
    }

    @Test
    void garbageEndsItsOwnConnectionOnly() throws Exception {
        Random dice = new Random(7);
        Load load = new Load(2, 2, 2000, 16, 200);
        try (RealClients clients = new RealClients(world, listener.endpoint(), load, ledger)) {
            for (int i = 0; i < 200; i++) {
                byte[] garbage = new byte[1 + dice.nextInt(5000)];
                dice.nextBytes(garbage);
                garbage[0] = dice.nextBoolean() ? 0 : garbage[0];
                garbage[1 % garbage.length] = 0;
                sendAndHangUp(garbage);
            }
            clients.await(seen -> seen.settled == 4000 && seen.hasReadAll());
        }
        assertEquals(4000, ledger.appended);
    }

    @Test
    void whatIsNoRequestIsRefusedByName() throws Exception {
        try (Socket socket = connect()) {
            ByteBuffer frame = ByteBuffer.allocate(Wire.REQUEST_BYTES);
            frame.putInt(Wire.REQUEST_BYTES - Wire.LENGTH_BYTES).put((byte) 99).putLong(12345);
            socket.getOutputStream().write(frame.array());
            ByteBuffer answer = ByteBuffer.wrap(socket.getInputStream().readAllBytes());
            assertEquals(Wire.REFUSED, Wire.kind(answer));
            assertEquals(12345, Wire.token(answer));
            assertEquals(Refusal.MALFORMED, Refusal.of(answer.get(Wire.ANSWER_BYTES)));
        }
    }

    @Test
    void whoNeverReadsHoldsUpNobodyElse() throws Exception {
        List<Socket> deaf = new ArrayList<>();
        Load load = new Load(2, 2, 2000, 16, 200);
        try (RealClients clients = new RealClients(world, listener.endpoint(), load, ledger)) {
            clients.await(seen -> seen.appended > 100);
            for (int i = 0; i < 20; i++) {
                Socket socket = connect();
                deaf.add(socket);
                Thread.ofVirtual().start(() -> askForEver(socket));
            }
            clients.await(seen -> seen.settled == 4000 && seen.hasReadAll());
            assertTrue(service.budget().highestBytes() <= SERVICE_BYTES);
        } finally {
            for (Socket socket : deaf) {
                socket.close();
            }
        }
        assertEquals(4000, ledger.appended);
    }

    @Test
    void whatWasAcknowledgedSurvivesTheProcess() throws Exception {
        int port = 0;
        Load load = new Load(4, 4, 4000, 32, 300);
        Process process = startService(port);
        port = portOf(process);
        try (RealClients clients =
                new RealClients(world, new Endpoint("127.0.0.1", port), load, ledger)) {
            for (int round = 1; round <= 5; round++) {
                int enough = round * 1000;
                clients.await(seen -> seen.settled > enough);
                process.destroyForcibly().waitFor();
                process = startService(port);
                assertEquals(port, portOf(process));
            }
            clients.await(seen -> seen.settled == 16_000 && seen.hasReadAll());
            process.destroyForcibly().waitFor();
        }
        Process again = startService(port);
        portOf(again);
        ledger.readAgain();
        Load audit = new Load(0, load.partitions(), 0, 0, Load.PAYLOAD_BYTES_MIN);
        try (RealClients auditors =
                new RealClients(world, new Endpoint("127.0.0.1", port), audit, ledger)) {
            auditors.await(Ledger::hasReadAll);
        }
        again.destroyForcibly().waitFor();
    }

    private Process startService(int port) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServiceProcess.class.getName(),
                        directory.resolve("process").toString(),
                        String.valueOf(port))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static int portOf(Process process) throws IOException {
        BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        if (line == null) {
            throw new AssertionError("the service did not start");
        }
        return Integer.parseInt(line);
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), listener.endpoint().port());
    }

    private void sendAndHangUp(byte[] bytes) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(bytes);
        } catch (SocketException refusedEarly) {
            // The service has closed first: so it should.
        }
    }

    private static void askForEver(Socket socket) {
        ByteBuffer frame = ByteBuffer.allocate(Wire.READ_BYTES);
        Wire.putRequest(frame, Wire.READ_BYTES, Wire.READ, Load.partition(0));
        frame.putLong(Wire.REQUEST_BYTES, 0).putInt(Wire.REQUEST_BYTES + 8, 1 << 19);
        try {
            OutputStream out = socket.getOutputStream();
            while (!socket.isClosed()) {
                out.write(frame.array());
            }
        } catch (IOException closed) {
            // At the end of the test.
        }
    }

    private static Endpoint free() {
        return new Endpoint("127.0.0.1", 0);
    }
}
