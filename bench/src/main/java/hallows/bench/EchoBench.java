package hallows.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// What does a TCP echo of 100 bytes cost?
///
/// The harness's thread is the client, one request at a time, held to processor 1; the server has
/// processor 0. The client asks its socket again and again and never sleeps, so that the time to
/// wake a client is not counted as the server's.
@State(Scope.Benchmark)
public class EchoBench {
    static final int BYTES = 100;

    /// Who serves.
    public enum Server {
        /// A shard.
        HALLOWS,
        /// An event loop.
        NETTY;

        Echo open() {
            return switch (this) {
                case HALLOWS -> new HallowsEcho();
                case NETTY -> new NettyEcho();
            };
        }
    }

    /// Who is measured.
    @Param public Server server = Server.HALLOWS;

    private final ByteBuffer bytes = ByteBuffer.allocateDirect(BYTES);

    @SuppressWarnings("NullAway.Init") // the harness opens it before it measures
    private Echo echo;

    @SuppressWarnings("NullAway.Init") // the same
    private SocketChannel socket;

    /// Starts the server and connects to it.
    @Setup
    public void open() throws IOException {
        echo = server.open();
        Processor.hold(1);
        socket =
                SocketChannel.open(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), echo.port()));
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        socket.configureBlocking(false);
    }

    /// From the write to the last byte of its echo.
    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public void echo() throws IOException {
        bytes.clear();
        while (bytes.hasRemaining()) {
            socket.write(bytes);
        }
        bytes.clear();
        while (bytes.hasRemaining()) {
            if (socket.read(bytes) < 0) {
                throw new EOFException("the server has closed");
            }
        }
    }

    /// Ends both.
    @TearDown
    public void close() throws IOException {
        socket.close();
        echo.close();
    }
}
