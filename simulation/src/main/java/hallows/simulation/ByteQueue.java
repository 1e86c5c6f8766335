package hallows.simulation;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Bytes in the order they came.
final class ByteQueue {
    private byte[] array = new byte[0];
    private int head;
    private int size;

    int size() {
        return size;
    }

    void add(byte[] from, int start, int count) {
        makeRoom(count);
        System.arraycopy(from, start, array, head + size, count);
        size += count;
    }

    /// A copy of some, which stay.
    byte[] peek(int offset, int count) {
        return Arrays.copyOfRange(array, head + offset, head + offset + count);
    }

    /// Moves some out.
    void take(ByteBuffer into, int count) {
        into.put(array, head, count);
        drop(count);
    }

    void drop(int count) {
        head += count;
        size -= count;
    }

    private void makeRoom(int count) {
        if (head + size + count <= array.length) {
            return;
        }
        byte[] roomy =
                size + count <= array.length / 2
                        ? array
                        : new byte[Math.max(256, 2 * (size + count))];
        System.arraycopy(array, head, roomy, 0, size);
        array = roomy;
        head = 0;
    }
}
