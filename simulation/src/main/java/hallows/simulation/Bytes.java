package hallows.simulation;

import hallows.runtime.Check;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// The content of a file: bytes that can be written anywhere, with zeros in the holes.
final class Bytes {
    private static final long SIZE_MAX = 1L << 30;

    private byte[] array = new byte[0];
    private int size;

    int size() {
        return size;
    }

    void write(long position, byte[] from) {
        if (from.length > 0) {
            grow(position + from.length);
            System.arraycopy(from, 0, array, (int) position, from.length);
        }
    }

    /// Fills `into` as far as there are bytes.
    int read(long position, ByteBuffer into) {
        int count = (int) Math.max(0, Math.min(into.remaining(), size - position));
        if (count > 0) {
            into.put(array, (int) position, count);
        }
        return count;
    }

    void cut(long newSize) {
        if (newSize < size) {
            Arrays.fill(array, (int) newSize, size, (byte) 0);
            size = (int) newSize;
        } else {
            grow(newSize);
        }
    }

    Bytes copy() {
        Bytes copy = new Bytes();
        copy.array = Arrays.copyOf(array, size);
        copy.size = size;
        return copy;
    }

    private void grow(long atLeast) {
        Check.that(atLeast <= SIZE_MAX, "a simulated file stays below a gibibyte", atLeast);
        if (atLeast > array.length) {
            array = Arrays.copyOf(array, Math.max((int) atLeast, array.length * 2));
        }
        size = Math.max(size, (int) atLeast);
    }
}
