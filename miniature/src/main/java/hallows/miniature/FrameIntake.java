package hallows.miniature;

import hallows.runtime.Buffers;
import hallows.runtime.MemoryRegion;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Makes frames out of what a link brings. Small frames are read many at a time and copied out; a
/// large one is read straight into its own memory.
final class FrameIntake {
    private static final int CHUNK_BYTES = 4096;

    /// What came of looking for a frame.
    enum Look {
        /// There is one: take it.
        FRAME,
        /// More bytes are needed.
        NEEDS_BYTES,
        /// There is no memory for it now: look again later.
        NEEDS_MEMORY,
        /// These bytes are no frame.
        MALFORMED
    }

    private final Buffers buffers;
    private @Nullable MemoryRegion chunk;
    private @Nullable ByteBuffer unread;
    private @Nullable MemoryRegion frame;
    private @Nullable ByteBuffer filling;

    FrameIntake(Buffers buffers) {
        this.buffers = buffers;
    }

    /// Where the next bytes go, or null when there is no memory now.
    @Nullable ByteBuffer space() {
        ByteBuffer large = filling;
        if (large != null) {
            return large.hasRemaining() ? large : null;
        }
        ByteBuffer small = unread;
        if (small == null) {
            return openChunk();
        }
        return small.hasRemaining() ? small : null;
    }

    private @Nullable ByteBuffer openChunk() {
        MemoryRegion region = buffers.allocate(CHUNK_BYTES);
        if (region == null) {
            return null;
        }
        chunk = region;
        unread = region.buffer();
        return unread;
    }

    /// Looks whether a whole frame is there.
    Look look() {
        ByteBuffer large = filling;
        if (large != null) {
            return large.hasRemaining() ? Look.NEEDS_BYTES : Look.FRAME;
        }
        ByteBuffer small = unread;
        if (small == null || small.position() < Wire.LENGTH_BYTES) {
            return Look.NEEDS_BYTES;
        }
        long length = Wire.LENGTH_BYTES + (small.getInt(0) & 0xffffffffL);
        if (length < Wire.FRAME_BYTES_MIN || length > Wire.FRAME_BYTES_MAX) {
            return Look.MALFORMED;
        }
        if (length > CHUNK_BYTES || small.position() >= length) {
            return begin(small, (int) length);
        }
        return Look.NEEDS_BYTES;
    }

    /// Moves the frame, or what is there of it, into memory of its own.
    private Look begin(ByteBuffer small, int length) {
        MemoryRegion region = buffers.allocate(length);
        if (region == null) {
            return Look.NEEDS_MEMORY;
        }
        int there = Math.min(small.position(), length);
        MemorySegment.copy(
                MemorySegment.ofBuffer(small.duplicate().clear()), 0, region.memory(), 0, there);
        frame = region;
        filling = region.buffer().position(there);
        small.limit(small.position()).position(there);
        small.compact();
        return there < length ? Look.NEEDS_BYTES : Look.FRAME;
    }

    /// Whether the last `space` was refused for want of memory.
    boolean isStarved() {
        return filling == null && unread == null;
    }

    /// The frame that `look` has found.
    ByteBuffer peek() {
        MemoryRegion found = frame;
        if (found == null) {
            throw new IllegalStateException("there is no frame to look at");
        }
        return found.buffer();
    }

    /// The frame that `look` has found; the taker owns it.
    MemoryRegion take() {
        MemoryRegion taken = frame;
        if (taken == null) {
            throw new IllegalStateException("there is no frame to take");
        }
        frame = null;
        filling = null;
        return taken;
    }

    /// Gives all memory back.
    void close() {
        if (chunk != null) {
            chunk.release();
        }
        if (frame != null) {
            frame.release();
        }
        chunk = null;
        unread = null;
        frame = null;
        filling = null;
    }
}
