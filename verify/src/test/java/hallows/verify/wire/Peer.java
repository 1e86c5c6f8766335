package hallows.verify.wire;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/// A connection to a broker that sends whatever bytes it is given.
public final class Peer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final InetSocketAddress address;
    private final Socket socket;

    /// Connects.
    public Peer(InetSocketAddress address) {
        this.address = address;
        this.socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.connect(address, (int) PATIENCE.toMillis());
        } catch (IOException refused) {
            throw new UncheckedIOException("no connection to " + address, refused);
        }
    }

    /// Sends bytes with their length before them; false when the broker has hung up.
    public boolean send(byte[] payload) {
        return sendBare(Frames.sized(payload));
    }

    /// Sends bytes as they are; false when the broker has hung up.
    public boolean sendBare(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return true;
        } catch (SocketException hungUp) {
            return false;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// The next frame; nothing when the broker has hung up.
    ///
    /// @param question what it answers, for the failure when it does not
    public Optional<ByteBuffer> receive(String question) {
        try {
            DataInputStream input = new DataInputStream(socket.getInputStream());
            byte[] payload = new byte[input.readInt()];
            input.readFully(payload);
            return Optional.of(ByteBuffer.wrap(payload));
        } catch (EOFException | SocketException hungUp) {
            return Optional.empty();
        } catch (SocketTimeoutException silent) {
            throw new AssertionError(address + " does not answer: " + question, silent);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
