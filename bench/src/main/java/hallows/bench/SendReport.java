package hallows.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// Which way from a file to a socket costs less for answers of which size: through memory, or by a
/// call that takes them from the file. The constant in the log's reading follows what this prints.
final class SendReport implements AutoCloseable {
    private static final int SMALLEST_BYTES = 1 << 10;
    private static final int LARGEST_BYTES = 1 << 20;
    private static final int DRAIN_BYTES = 1 << 20;

    private final FileChannel file;
    private final SocketChannel socket;
    private final List<Line> lines = new ArrayList<>();

    /// @param copy through memory
    /// @param call from the file
    private record Line(int bytes, Entrant copy, Entrant call) {
        void print(PrintStream out) {
            Series ratio = copy.nanos().ratioTo(call.nanos());
            out.printf(
                    "  %7.0f KiB %12.3f %12.3f %14.2f %8.2f-%4.2f%n",
                    bytes / 1024.0,
                    // Nanoseconds for a byte are seconds for a GB.
                    copy.nanos().median() / bytes,
                    call.nanos().median() / bytes,
                    ratio.median(),
                    ratio.min(),
                    ratio.max());
        }
    }

    SendReport(Path directory) {
        try {
            file = filled(directory.resolve("answers"));
            socket = sink();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        for (int bytes = SMALLEST_BYTES; bytes <= LARGEST_BYTES; bytes <<= 1) {
            lines.add(
                    new Line(
                            bytes,
                            send("copy", bytes, ByteBuffer.allocateDirect(bytes)),
                            send("call", bytes, ByteBuffer.allocate(0))));
        }
    }

    private Entrant send(String title, int bytes, ByteBuffer copy) {
        return Entrant.of(title, new SendTurn(socket, file, bytes, copy));
    }

    private static FileChannel filled(Path path) throws IOException {
        FileChannel file =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        ByteBuffer bytes = ByteBuffer.allocateDirect(SendTurn.TURN_BYTES);
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
        return file;
    }

    /// Somebody who drops all he gets.
    private static SocketChannel sink() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            SocketChannel sender = SocketChannel.open(server.getLocalAddress());
            SocketChannel receiver = server.accept();
            Thread.ofPlatform().daemon().start(() -> drain(receiver));
            return sender;
        }
    }

    private static void drain(SocketChannel receiver) {
        ByteBuffer dropped = ByteBuffer.allocateDirect(DRAIN_BYTES);
        try (receiver) {
            while (receiver.read(dropped.clear()) >= 0) {}
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    void round(boolean counts) {
        for (Line line : lines) {
            line.copy.take(counts);
            line.call.take(counts);
        }
    }

    void print(PrintStream out) {
        out.println("Send an answer over loopback: seconds of the sender's processor for a GB");
        out.printf(
                "  %11s %12s %12s %14s %13s%n",
                "", "by copy", "from file", "copy/file", "min - max");
        lines.forEach(line -> line.print(out));
        out.println();
    }

    @Override
    public void close() {
        try (file;
                socket) {
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
