package hallows.kafka;

import hallows.runtime.MemoryRegion;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Frames of one client, one behind the other, in memory that is there only while something is in
/// it: little, or much for whoever fills it, so that many frames come with one read.
final class FrameChunk {
    static final int BYTES = 2048;

    /// Of somebody who sends much.
    static final int WIDE_BYTES = 1 << 16;

    /// What stands before each frame.
    static final int LENGTH_BYTES = Integer.BYTES;

    private final MemoryShare share;
    private @Nullable MemoryRegion region;

    /// The first frame begins at `from`, and the bytes go up to the position.
    private ByteBuffer bytes = ByteBuffer.allocate(0);

    private int from;

    /// Whether the one before was filled.
    private boolean fills;

    FrameChunk(MemoryShare share) {
        this.share = share;
    }

    boolean isOpen() {
        return region != null;
    }

    /// Takes memory; false when there is none now, and `waiter` is run when it is its turn.
    boolean open(Runnable waiter) {
        MemoryRegion wide = fills ? share.spare(WIDE_BYTES) : null;
        MemoryRegion opened = wide == null ? share.claim(waiter, BYTES) : wide;
        region = opened;
        from = 0;
        if (opened != null) {
            bytes = opened.buffer();
        }
        return opened != null;
    }

    /// Where the next bytes go; there may be no room.
    ByteBuffer room() {
        return bytes.limit(Math.max(bytes.position(), end()));
    }

    /// How far it may be filled. While others wait for one no byte is read of the frame after this:
    /// else who never pauses would have a beginning in it for ever.
    private int end() {
        if (!share.isWanted()) {
            return bytes.capacity();
        }
        int length = isTold() ? Math.clamp(length(), 0, bytes.capacity()) : 0;
        return Math.min(bytes.capacity(), from + LENGTH_BYTES + length);
    }

    /// Whether all of it is used.
    boolean isFull() {
        return bytes.position() == bytes.capacity();
    }

    /// Whether all of it is used by the first frame.
    boolean isFullOfOne() {
        return there() == bytes.capacity();
    }

    /// How many bytes are here from the beginning of the first frame on.
    int there() {
        return bytes.position() - from;
    }

    /// Whether it is known how long the first frame is.
    boolean isTold() {
        return there() >= LENGTH_BYTES;
    }

    /// How long the first frame says it is.
    int length() {
        return bytes.getInt(from);
    }

    /// The first frame, which is whole, without its length.
    ByteBuffer frame() {
        return bytes.slice(from + LENGTH_BYTES, length());
    }

    /// The first frame is not needed any more.
    void next() {
        from += LENGTH_BYTES + length();
        if (from == bytes.position()) {
            close();
        }
    }

    /// Makes room behind what there is of a frame that is not whole.
    void makeRoom() {
        if (from > 0 && !(isFull() && widen())) {
            bytes.limit(bytes.position()).position(from);
            bytes.compact();
            from = 0;
        }
    }

    /// Goes on in more memory, if this is little and there is more to spare; whether it does.
    boolean widen() {
        MemoryRegion wide = bytes.capacity() < WIDE_BYTES ? share.spare(WIDE_BYTES) : null;
        if (wide != null) {
            ByteBuffer moved = moved(wide);
            close();
            region = wide;
            bytes = moved;
        }
        return wide != null;
    }

    /// What there is of the first frame, at the beginning of other memory.
    ByteBuffer moved(MemoryRegion to) {
        return to.buffer().put(0, bytes, from, there()).position(there());
    }

    /// How much memory it has.
    long heldBytes() {
        return region == null ? 0 : region.length();
    }

    /// Gives its memory back.
    void close() {
        MemoryRegion closing = region;
        region = null;
        if (closing != null) {
            fills = bytes.position() >= BYTES;
            from = 0;
            share.release(closing);
        }
    }

    /// What came last was too large for any chunk: nobody fills the next.
    void isTooSmall() {
        fills = false;
    }
}
