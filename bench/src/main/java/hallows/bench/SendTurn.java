package hallows.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;

/// Answers of one size, sent from a file that is in the host's cache to somebody on this machine
/// who drops them.
///
/// @param socket to whom
/// @param file out of which
/// @param bytes how long each answer is
/// @param copy native memory for one, through which they go; none for a call that takes them from
///   the file
record SendTurn(SocketChannel socket, FileChannel file, int bytes, ByteBuffer copy)
        implements Entrant.Turn {
    /// How much a turn sends.
    static final int TURN_BYTES = 16 << 20;

    @Override
    public int take(Spent spent) {
        try {
            spent.begin();
            for (int at = 0; at < TURN_BYTES; at += bytes) {
                if (copy.capacity() == 0) {
                    sendFile(at);
                } else {
                    sendCopy(at);
                }
            }
            spent.end();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return TURN_BYTES / bytes;
    }

    private void sendFile(int at) throws IOException {
        for (long sent = 0; sent < bytes; ) {
            sent += file.transferTo(at + sent, bytes - sent, socket);
        }
    }

    private void sendCopy(int at) throws IOException {
        copy.clear();
        while (copy.hasRemaining() && file.read(copy, at + copy.position()) >= 0) {}
        copy.flip();
        while (copy.hasRemaining()) {
            socket.write(copy);
        }
    }
}
