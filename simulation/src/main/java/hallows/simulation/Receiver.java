package hallows.simulation;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/// One direction of a connection at its receiving host: puts packets in order and holds the bytes
/// until the program takes them.
final class Receiver {
    private final Socket socket;
    private final ByteQueue ready = new ByteQueue();
    private final TreeMap<Long, byte[]> early = new TreeMap<>();
    private final int bufferBytes;
    private long next;
    private long finishAt = -1;
    private long toldRoomUntil;

    Receiver(Socket socket, Sender.Shape shape) {
        this.socket = socket;
        this.bufferBytes = shape.bufferBytes();
    }

    /// How many bytes wait for the program.
    int available() {
        return ready.size();
    }

    /// Whether all bytes have come, and the end.
    boolean finished() {
        return finishAt >= 0 && next > finishAt;
    }

    /// Bytes came, in any order and perhaps again.
    void data(long at, byte[] bytes) {
        if (at + bytes.length <= next) {
            socket.simulation().mishap(Mishap.PACKET_DISCARDED, socket.name());
        } else if (at > next) {
            socket.simulation().mishap(Mishap.PACKET_OVERTOOK, socket.name());
            early.merge(at, bytes, (one, other) -> one.length < other.length ? other : one);
        } else {
            append(at, bytes);
            mergeEarly();
        }
        acknowledge();
    }

    /// The sender's end stands behind its last byte.
    void finish(long at) {
        finishAt = at;
        mergeEarly();
        acknowledge();
    }

    /// Hands `count` bytes to the program.
    void take(ByteBuffer into, int count) {
        ready.take(into, count);
        if (next + room() - toldRoomUntil >= bufferBytes / 2) {
            acknowledge();
        }
    }

    /// Nobody will take them.
    void discard() {
        ready.drop(ready.size());
    }

    private int room() {
        return bufferBytes - ready.size();
    }

    private void append(long at, byte[] bytes) {
        int known = (int) (next - at);
        int count = Math.min(bytes.length - known, room());
        ready.add(bytes, known, count);
        next += count;
    }

    private void mergeEarly() {
        Map.Entry<Long, byte[]> first = early.firstEntry();
        while (first != null && first.getKey() <= next) {
            early.remove(first.getKey());
            if (first.getKey() + first.getValue().length > next) {
                append(first.getKey(), first.getValue());
            }
            first = early.firstEntry();
        }
        if (finishAt == next) {
            next++;
        }
    }

    private void acknowledge() {
        toldRoomUntil = next + room();
        socket.sendAcknowledgement(next, toldRoomUntil);
    }
}
