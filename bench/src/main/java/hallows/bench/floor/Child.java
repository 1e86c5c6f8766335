package hallows.bench.floor;

import hallows.bench.compare.Contestant;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The program that answers: a thread for each connection, which reads, serves and reads again. No
/// server does less, and like any that leaves its processor, it is woken by the host.
public final class Child {
    private static final String READY = "ready on ";

    private static final int SPARE_SECONDS = 120;

    private Child() {}

    /// How one is started, with the flags of this program.
    ///
    /// @param line whose service it has
    /// @param file from whose name those of its files are made
    /// @param seconds of a lap
    static Contestant.Plan plan(String line, Path file, int seconds) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(Child.class.getName(), line, file.toString()));
        command.add(Integer.toString(Line.LAPS * seconds + SPARE_SECONDS));
        return new Contestant.Plan(command, Map.of(), Child::ready);
    }

    private static Optional<InetSocketAddress> ready(String said) {
        return said.startsWith(READY)
                ? Optional.of(
                        new InetSocketAddress(
                                InetAddress.getLoopbackAddress(),
                                Integer.parseInt(said.substring(READY.length()))))
                : Optional.empty();
    }

    /// Serves until whoever started it is gone, and never longer than it was told.
    ///
    /// @param arguments a line's name, a file's, and seconds
    public static void main(String... arguments) throws IOException, InterruptedException {
        Service service = service(arguments[0]);
        CountDownLatch parentGone = new CountDownLatch(1);
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            begin(() -> {
                System.in.transferTo(OutputStream.nullOutputStream());
                parentGone.countDown();
            });
            begin(() -> accept(server, service, arguments[1]));
            System.out.println(READY + server.socket().getLocalPort());
            boolean _ = parentGone.await(Long.parseLong(arguments[2]), TimeUnit.SECONDS);
        }
    }

    private static Service service(String line) {
        return Lines.all().stream()
                .filter(Asked.class::isInstance)
                .map(Asked.class::cast)
                .filter(asked -> asked.name().equals(line))
                .findFirst()
                .orElseThrow()
                .service();
    }

    static void accept(ServerSocketChannel server, Service service, String file)
            throws IOException {
        for (int number = 0; true; number++) {
            SocketChannel client = server.accept();
            Path itsFile = Path.of(file + "-" + number);
            begin(() -> serve(client, service, itsFile));
        }
    }

    private static void serve(SocketChannel client, Service service, Path path) throws IOException {
        try (client;
                FileChannel file =
                        FileChannel.open(
                                path,
                                StandardOpenOption.CREATE_NEW,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE)) {
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            client.configureBlocking(!service.spins());
            ByteBuffer request = ByteBuffer.allocateDirect(service.requestBytes());
            for (long number = 0; isRead(request.clear(), client); number++) {
                service.serve(request.flip(), number, file, client);
            }
        }
    }

    /// All of one, however often it has to look; false when the client has gone.
    private static boolean isRead(ByteBuffer request, SocketChannel client) throws IOException {
        while (request.hasRemaining()) {
            if (client.read(request) < 0) {
                return false;
            }
        }
        return true;
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void begin(Work work) {
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    try {
                        work.run();
                    } catch (IOException failed) {
                        throw new UncheckedIOException(failed);
                    }
                });
    }
}
