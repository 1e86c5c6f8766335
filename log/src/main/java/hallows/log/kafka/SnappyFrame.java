package hallows.log.kafka;

import java.nio.ByteBuffer;

/// Looks at a snappy stream before its codec does, which believes every length in it: it makes room
/// for what a block says it unpacks to, up to 2 GiB, throws an `Error` for a block with a negative
/// length, and calls itself for each header that follows a header.
final class SnappyFrame {
    private static final int HEADER_BYTES = 16;
    private static final long MAGIC = 0x82534e4150505900L;
    private static final int MAGIC_HEAD = (int) (MAGIC >>> 32);
    private static final int LENGTH_BYTES = 4;

    /// Three bytes stand for 64 at most.
    private static final int GAIN_MAX = 22;

    private SnappyFrame() {}

    /// Whether each block lies within `packed` and says that it unpacks to what it can.
    static boolean isSane(ByteBuffer packed) {
        int at = packed.position();
        int end = packed.limit();
        if (end - at < HEADER_BYTES || packed.getLong(at) != MAGIC) {
            return isSane(packed, at, end);
        }
        boolean afterHeader = true;
        at += HEADER_BYTES;
        while (end - at >= LENGTH_BYTES) {
            int length = packed.getInt(at);
            if (length == MAGIC_HEAD && !afterHeader) {
                afterHeader = true;
                at += HEADER_BYTES;
                continue;
            }
            afterHeader = false;
            at += LENGTH_BYTES;
            // A header's own head is larger than any batch, or below zero.
            if (length < 0 || length > end - at || !isSane(packed, at, at + length)) {
                return false;
            }
            at += length;
        }
        return true;
    }

    private static boolean isSane(ByteBuffer packed, int from, int to) {
        long unpacked = 0;
        int at = from;
        for (int shift = 0; shift < 35 && at < to; shift += 7) {
            byte next = packed.get(at++);
            unpacked |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return unpacked <= (long) GAIN_MAX * (to - at);
            }
        }
        return false;
    }
}
