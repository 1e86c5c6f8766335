package hallows.runtime.os;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/// Bytes that have come and for which there was no space yet: decrypted ones, or read ahead. Lives
/// on the core of its link.
final class Leftover {
    private final ArrayDeque<ByteBuf> pieces = new ArrayDeque<>();

    void add(ByteBuf piece) {
        if (piece.isReadable()) {
            pieces.add(piece);
        } else {
            piece.release();
        }
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    /// Moves what fits of the first piece into `space`; returns how many bytes.
    int fill(ByteBuffer space) {
        ByteBuf first = pieces.element();
        int bytes = Math.min(first.readableBytes(), space.remaining());
        int limit = space.limit();
        first.readBytes(space.limit(space.position() + bytes));
        space.limit(limit);
        if (!first.isReadable()) {
            pieces.remove().release();
        }
        return bytes;
    }

    /// Forgets all.
    void drop() {
        pieces.forEach(ByteBuf::release);
        pieces.clear();
    }
}
