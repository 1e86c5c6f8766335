package hallows.log;

import java.nio.ByteBuffer;

/// Reads numbers of varying length from bytes that may be anything. Once broken it stays broken and
/// answers 0, so that a reader looks once, at the end.
final class Varints {
    private static final int LONGEST_BITS = 63;

    private final ByteBuffer bytes;
    private final int end;
    private int position;
    private boolean broken;

    Varints(ByteBuffer bytes, int start, int end) {
        this.bytes = bytes;
        this.position = start;
        this.end = Math.min(end, bytes.limit());
    }

    int remaining() {
        return end - position;
    }

    boolean isBroken() {
        return broken;
    }

    /// A zigzag number of up to 64 bits.
    long signed() {
        long raw = 0;
        for (int shift = 0; shift <= LONGEST_BITS; shift += 7) {
            if (broken || position >= end) {
                return fail();
            }
            byte next = bytes.get(position++);
            raw |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return raw >>> 1 ^ -(raw & 1);
            }
        }
        return fail();
    }

    void skip(long countBytes) {
        if (countBytes < 0 || countBytes > remaining()) {
            fail();
        } else {
            position += (int) countBytes;
        }
    }

    /// Where the next `sizeBytes` begin, of which there must be `atLeast`; they are passed over.
    int span(long sizeBytes, int atLeast) {
        int start = position;
        skip(sizeBytes);
        if (sizeBytes < atLeast) {
            fail();
        }
        return start;
    }

    private long fail() {
        broken = true;
        return 0;
    }
}
