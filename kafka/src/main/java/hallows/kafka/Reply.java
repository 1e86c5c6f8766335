package hallows.kafka;

import hallows.runtime.Buffers;
import hallows.runtime.Link;
import hallows.runtime.MemoryRegion;
import hallows.runtime.Region;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;

/// What a client is sent for a request: bytes, and regions between them. The bytes are copied into
/// native memory in pieces as they leave, so that a large reply needs no large piece of it.
final class Reply {
    /// Nothing is sent, and the next reply may go.
    static final Reply NONE = new Reply(ByteBuffer.allocate(0), List.of());

    private static final int PIECE_BYTES_MAX = 1 << 14;

    /// No less memory is lent.
    private static final long BLOCK_BYTES_MIN = 256;

    private final ByteBuffer bytes;
    private final ArrayDeque<Splice> splices;

    /// A region, and where among the bytes it stands.
    ///
    /// @param at behind so many bytes
    /// @param region the reply's own
    record Splice(int at, Region region) {}

    Reply(ByteBuffer bytes, List<Splice> splices) {
        this.bytes = bytes;
        this.splices = new ArrayDeque<>(splices);
    }

    /// How many bytes it has, as long as nothing of it is sent.
    long length() {
        long length = bytes.limit();
        for (Splice splice : splices) {
            length += splice.region().length();
        }
        return length;
    }

    /// How much memory its regions take, as long as nothing of it is sent. Those of files take
    /// none.
    long regionBytes() {
        long taken = 0;
        for (Splice splice : splices) {
            if (splice.region() instanceof MemoryRegion region) {
                taken += Math.max(BLOCK_BYTES_MIN, region.length());
            }
        }
        return taken;
    }

    /// How much memory the bytes between them take.
    long copiedBytes() {
        return bytes.limit() == 0 ? 0 : Math.max(BLOCK_BYTES_MIN, bytes.limit());
    }

    /// Sends what is not sent yet; false when there is no memory for all of it now.
    boolean sendTo(Link link, Buffers buffers) {
        while (true) {
            Splice next = splices.peekFirst();
            if (!sendBytes(next == null ? bytes.limit() : next.at(), link, buffers)) {
                return false;
            }
            if (next == null) {
                return true;
            }
            splices.removeFirst();
            link.write(next.region());
        }
    }

    private boolean sendBytes(int end, Link link, Buffers buffers) {
        while (bytes.position() < end) {
            int length = Math.min(end - bytes.position(), PIECE_BYTES_MAX);
            MemoryRegion piece = buffers.allocate(length);
            if (piece == null) {
                return false;
            }
            piece.buffer().put(0, bytes, bytes.position(), length);
            bytes.position(bytes.position() + length);
            link.write(piece);
        }
        return true;
    }

    /// Nobody will take it.
    void release() {
        splices.forEach(splice -> splice.region().release());
        splices.clear();
    }
}
