package hallows.kafka;

import hallows.runtime.MemoryRegion;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Makes frames out of what a link brings. Small ones lie one behind the other in a chunk that is
/// there only while something is in it; a large one gets memory of its own that grows as its bytes
/// come, so that what a client announces costs nothing.
final class FrameIntake {
    static final int CHUNK_BYTES = 2048;

    /// What stands before each frame.
    static final int LENGTH_BYTES = Integer.BYTES;

    /// How much larger the memory of a large frame is with each step.
    private static final int GROWTH = 4;

    /// What came of looking for a frame.
    enum Look {
        /// There is one: read it.
        FRAME,
        /// More bytes are needed.
        NEEDS_BYTES,
        /// There is no memory for it now: look again later.
        NEEDS_MEMORY,
        /// These bytes are no frame.
        MALFORMED
    }

    private final MemoryShare memory;
    private final int frameBytesMax;

    /// Small frames, the first from `from` on, bytes up to the position.
    private @Nullable MemoryRegion chunk;

    private @Nullable ByteBuffer unread;
    private int from;

    /// The last `space` was refused for want of memory.
    private boolean starved;

    /// A large frame with its length before it, bytes up to the position of `filling`.
    private @Nullable MemoryRegion large;

    private @Nullable ByteBuffer filling;
    private int largeBytes;

    FrameIntake(MemoryShare memory, int frameBytesMax) {
        this.memory = memory;
        this.frameBytesMax = frameBytesMax;
    }

    /// Where the next bytes go, or null when there is no room or no memory now.
    @Nullable ByteBuffer space() {
        ByteBuffer growing = filling;
        if (growing != null) {
            boolean room = growing.hasRemaining() || (!isWhole(growing) && grows(growing));
            return room ? filling : null;
        }
        ByteBuffer small = unread;
        if (small == null) {
            small = openChunk();
        }
        return small != null && small.hasRemaining() ? small : null;
    }

    private @Nullable ByteBuffer openChunk() {
        MemoryRegion region = memory.allocate(CHUNK_BYTES);
        starved = region == null;
        if (region == null) {
            return null;
        }
        chunk = region;
        unread = region.buffer();
        from = 0;
        return unread;
    }

    /// Looks whether a whole frame is there.
    Look look() {
        ByteBuffer growing = filling;
        if (growing != null) {
            return lookAtLarge(growing);
        }
        ByteBuffer small = unread;
        if (small == null && starved) {
            starved = false;
            return Look.NEEDS_MEMORY;
        }
        return small == null || small.position() - from < LENGTH_BYTES
                ? needsBytes()
                : lookAtSmall(small, small.getInt(from));
    }

    private Look lookAtSmall(ByteBuffer small, int length) {
        if (length < 0 || length > frameBytesMax) {
            return Look.MALFORMED;
        }
        if (length > CHUNK_BYTES - LENGTH_BYTES) {
            return begins(small, LENGTH_BYTES + length) ? needsBytes() : Look.NEEDS_MEMORY;
        }
        return small.position() - from >= LENGTH_BYTES + length ? Look.FRAME : needsBytes();
    }

    private Look lookAtLarge(ByteBuffer growing) {
        if (isWhole(growing)) {
            return Look.FRAME;
        }
        return growing.hasRemaining() || grows(growing) ? Look.NEEDS_BYTES : Look.NEEDS_MEMORY;
    }

    private boolean isWhole(ByteBuffer growing) {
        return growing.position() == largeBytes;
    }

    /// There is no whole frame in the chunk: what there is of one moves to the front.
    private Look needsBytes() {
        ByteBuffer small = unread;
        if (small != null && from > 0) {
            small.limit(small.position()).position(from);
            small.compact();
            from = 0;
        }
        return Look.NEEDS_BYTES;
    }

    /// Moves what is there of a large frame into memory of its own.
    private boolean begins(ByteBuffer small, int bytes) {
        MemoryRegion region = memory.allocate(Math.min(bytes, GROWTH * CHUNK_BYTES));
        if (region == null) {
            return false;
        }
        int there = small.position() - from;
        large = region;
        filling = region.buffer().put(0, small, from, there).position(there);
        largeBytes = bytes;
        closeChunk();
        return true;
    }

    private boolean grows(ByteBuffer full) {
        int bytes = (int) Math.min(largeBytes, (long) GROWTH * full.capacity());
        MemoryRegion wider = memory.allocate(bytes);
        if (wider == null) {
            return false;
        }
        filling = wider.buffer().put(full.flip());
        closeLarge();
        large = wider;
        return true;
    }

    /// Whether something of a frame is here, or a frame.
    boolean isEmpty() {
        return chunk == null && large == null;
    }

    /// The frame that `look` has found, without its length; good until [#done].
    ByteBuffer frame() {
        ByteBuffer whole = filling;
        if (whole != null) {
            return whole.slice(LENGTH_BYTES, largeBytes - LENGTH_BYTES);
        }
        ByteBuffer small = unread;
        if (small == null) {
            throw new IllegalStateException("there is no frame to read");
        }
        return small.slice(from + LENGTH_BYTES, small.getInt(from));
    }

    /// The frame that `look` has found is not needed any more.
    void done() {
        if (filling != null) {
            filling = null;
            closeLarge();
            return;
        }
        ByteBuffer small = unread;
        if (small != null) {
            from += LENGTH_BYTES + small.getInt(from);
            if (from == small.position()) {
                closeChunk();
            }
        }
    }

    /// Gives all memory back.
    void close() {
        filling = null;
        closeChunk();
        closeLarge();
    }

    private void closeChunk() {
        if (chunk != null) {
            memory.release(chunk);
        }
        chunk = null;
        unread = null;
    }

    private void closeLarge() {
        if (large != null) {
            memory.release(large);
        }
        large = null;
    }
}
