package hallows.bench.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/// A connection to a broker that never waits: somebody polls it.
final class Wire implements AutoCloseable {
    private static final int SPACE_BYTES = 1 << 16;

    private final SocketChannel channel;
    private final Consumer<ByteBuffer> receiver;
    private final ArrayDeque<ByteBuffer> unsent = new ArrayDeque<>();
    private ByteBuffer space = ByteBuffer.allocateDirect(SPACE_BYTES);

    /// Connects.
    ///
    /// @param receiver is told of each frame, and reads it before he returns
    Wire(InetSocketAddress broker, Consumer<ByteBuffer> receiver) {
        this.receiver = receiver;
        try {
            channel = SocketChannel.open(broker);
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        } catch (IOException refused) {
            throw new UncheckedIOException("no connection to " + broker, refused);
        }
    }

    SocketChannel channel() {
        return channel;
    }

    /// Sends a frame, which may be in use elsewhere, too, with the next push.
    void send(ByteBuffer frame) {
        unsent.addLast(frame.duplicate());
    }

    /// Writes what the host takes of all that is to be sent, at once.
    void push() {
        if (unsent.isEmpty()) {
            return;
        }
        try {
            channel.write(unsent.toArray(ByteBuffer[]::new));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        while (!unsent.isEmpty() && !unsent.getFirst().hasRemaining()) {
            unsent.removeFirst();
        }
    }

    /// Reads what has come, once.
    void poll() {
        try {
            int count = channel.read(space);
            if (count < 0) {
                throw new IllegalStateException("the broker has hung up");
            }
            if (count > 0) {
                takeFrames();
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void takeFrames() {
        space.flip();
        int length = announced();
        while (length >= 0 && space.remaining() >= Integer.BYTES + length) {
            ByteBuffer frame = space.slice(space.position() + Integer.BYTES, length);
            space.position(space.position() + Integer.BYTES + length);
            receiver.accept(frame);
            length = announced();
        }
        if (Integer.BYTES + length > space.capacity()) {
            space = ByteBuffer.allocateDirect(Integer.BYTES + length).put(space);
        } else {
            space.compact();
        }
    }

    /// How long the next frame is; -1 when its length has not come.
    private int announced() {
        return space.remaining() < Integer.BYTES ? -1 : space.getInt(space.position());
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
