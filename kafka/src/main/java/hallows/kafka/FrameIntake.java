package hallows.kafka;

import hallows.runtime.MemoryRegion;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Makes frames out of what a link brings. Small ones lie one behind the other in a chunk that is
/// there only while something is in it, and what a client announces costs nothing until it has
/// filled one. Whoever fills chunks gets wide ones while there are some to spare, so that many
/// frames come with one read. A frame that is too large for them gets all of its memory at once, or
/// waits for it with its chunk alone: if it grew as its bytes come, frames would wait for what
/// other half ones hold.
final class FrameIntake {
    static final int CHUNK_BYTES = 2048;

    /// A chunk of somebody who sends much.
    static final int WIDE_BYTES = 1 << 16;

    /// A frame above that would fill a wide chunk nearly by itself, and is read into its own
    /// memory.
    private static final int WIDE_FRAME_BYTES_MAX = WIDE_BYTES / 2;

    /// What stands before each frame.
    static final int LENGTH_BYTES = Integer.BYTES;

    /// What came of looking for a frame.
    enum Look {
        /// There is one: read it.
        FRAME,
        /// More bytes are needed.
        NEEDS_BYTES,
        /// There is no memory for it now: look again when it is called.
        NEEDS_MEMORY,
        /// These bytes are no frame.
        MALFORMED
    }

    private final UnreadMemory memory;
    private final int frameBytesMax;

    /// Run when it is the turn of this one to look again.
    private final Runnable call;

    /// Where it waits.
    private UnreadMemory.@Nullable Tier queue;

    /// Small frames, the first from `from` on, bytes up to the position.
    private @Nullable MemoryRegion chunk;

    private @Nullable ByteBuffer unread;
    private int from;

    /// Whether the chunk before was filled.
    private boolean fillsChunks;

    /// A large frame with its length before it, bytes up to the position of `filling`.
    private @Nullable MemoryRegion large;

    private @Nullable ByteBuffer filling;

    FrameIntake(UnreadMemory memory, int frameBytesMax, Runnable call) {
        this.memory = memory;
        this.frameBytesMax = frameBytesMax;
        this.call = call;
    }

    /// Where the next bytes go, or null when there is no room or no memory now.
    @Nullable ByteBuffer space() {
        ByteBuffer space = filling == null ? chunkSpace() : filling;
        return space != null && space.hasRemaining() ? space : null;
    }

    private @Nullable ByteBuffer chunkSpace() {
        ByteBuffer small = unread;
        if (small == null) {
            small = openChunk();
        } else if (small.position() == small.capacity() && lengthBegun(small) >= 0) {
            // Without a look in between: the rest of the frame is usually there to be read.
            small = begins(small, LENGTH_BYTES + lengthBegun(small)) ? unread : null;
            return filling == null ? small : filling;
        }
        if (small != null) {
            small.limit(Math.max(small.position(), end(small)));
        }
        return small;
    }

    /// How long the frame is that has begun and is not whole; -1 when there is none that is sound.
    private int lengthBegun(ByteBuffer small) {
        int there = small.position() - from;
        int length = there < LENGTH_BYTES ? -1 : small.getInt(from);
        return length <= frameBytesMax && there < LENGTH_BYTES + length ? length : -1;
    }

    /// Whether there is no room behind what was read last.
    boolean isFull() {
        ByteBuffer space = filling == null ? unread : filling;
        return space != null && !space.hasRemaining();
    }

    /// How far a chunk may be filled. While others wait for one no byte is read of the frame after
    /// this: else who never pauses would have a beginning in it for ever.
    private int end(ByteBuffer small) {
        if (!memory.chunks().share().isWanted()) {
            return small.capacity();
        }
        boolean told = small.position() - from >= LENGTH_BYTES;
        int length = told ? Math.clamp(small.getInt(from), 0, small.capacity()) : 0;
        return Math.min(small.capacity(), from + LENGTH_BYTES + length);
    }

    private @Nullable ByteBuffer openChunk() {
        MemoryRegion wide = fillsChunks ? wideChunk() : null;
        chunk = wide == null ? claim(memory.chunks(), CHUNK_BYTES) : wide;
        unread = chunk == null ? null : chunk.buffer();
        from = 0;
        return unread;
    }

    /// A wide chunk, if there is one that nobody else needs.
    private @Nullable MemoryRegion wideChunk() {
        return queue == null ? memory.chunks().share().spare(WIDE_BYTES) : null;
    }

    private @Nullable MemoryRegion claim(UnreadMemory.Tier tier, int bytes) {
        MemoryRegion region = tier.share().claim(call, bytes);
        queue = region == null ? tier : null;
        return region;
    }

    /// Looks whether a whole frame is there.
    Look look() {
        ByteBuffer begun = filling;
        if (begun != null) {
            return begun.hasRemaining() ? Look.NEEDS_BYTES : Look.FRAME;
        }
        ByteBuffer small = unread;
        if (small == null) {
            return queue != null && openChunk() == null ? Look.NEEDS_MEMORY : Look.NEEDS_BYTES;
        }
        return small.position() - from < LENGTH_BYTES
                ? needsBytes(small)
                : lookAtSmall(small, small.getInt(from));
    }

    private Look lookAtSmall(ByteBuffer small, int length) {
        if (length < 0 || length > frameBytesMax) {
            return Look.MALFORMED;
        }
        int there = small.position() - from;
        if (there >= LENGTH_BYTES + length) {
            return Look.FRAME;
        }
        if (there < small.capacity()) {
            return needsBytes(small);
        }
        return begins(small, LENGTH_BYTES + length) ? Look.NEEDS_BYTES : Look.NEEDS_MEMORY;
    }

    /// There is no whole frame in the chunk: what there is of one moves to the front, of a wide one
    /// if this one was full.
    private Look needsBytes(ByteBuffer small) {
        boolean wasFull = small.position() == CHUNK_BYTES;
        if (from > 0 && !(wasFull && widens(small))) {
            small.limit(small.position()).position(from);
            small.compact();
            from = 0;
        }
        return Look.NEEDS_BYTES;
    }

    /// Goes on in a wide chunk, if this one is none and there is one.
    private boolean widens(ByteBuffer small) {
        MemoryRegion wide = small.capacity() < WIDE_BYTES ? wideChunk() : null;
        if (wide != null) {
            ByteBuffer moved = moved(small, wide);
            closeChunk();
            chunk = wide;
            unread = moved;
        }
        return wide != null;
    }

    private ByteBuffer moved(ByteBuffer full, MemoryRegion to) {
        int there = full.position() - from;
        return to.buffer().put(0, full, from, there).position(there);
    }

    /// Moves what is there of a frame to where there is room for all of it.
    private boolean begins(ByteBuffer full, int bytes) {
        if (bytes <= WIDE_FRAME_BYTES_MAX && widens(full)) {
            return true;
        }
        MemoryRegion region = claim(memory.of(bytes), bytes);
        if (region == null) {
            return false;
        }
        large = region;
        filling = moved(full, region);
        closeChunk();
        fillsChunks = false;
        return true;
    }

    /// Whether nothing of a frame is here, and no frame.
    boolean isEmpty() {
        return chunk == null && large == null;
    }

    /// Whether nobody is before it among those who wait for memory.
    boolean isNext() {
        return queue != null && queue.share().isNext(call);
    }

    /// Whether what it holds is of this kind.
    boolean holds(UnreadMemory.Tier tier) {
        MemoryRegion begun = large;
        return begun == null
                ? chunk != null && tier.equals(memory.chunks())
                : tier.equals(memory.of((int) begun.length()));
    }

    /// How much it holds.
    long heldBytes() {
        return (chunk == null ? 0 : chunk.length()) + (large == null ? 0 : large.length());
    }

    /// Gives back what was opened for bytes that have not come; false when there are some.
    boolean giveBackUnused() {
        ByteBuffer small = unread;
        if (filling != null || (small != null && small.position() > from)) {
            return false;
        }
        closeChunk();
        return true;
    }

    /// The frame that `look` has found, without its length; good until [#done].
    ByteBuffer frame() {
        ByteBuffer whole = filling;
        if (whole != null) {
            return whole.slice(LENGTH_BYTES, whole.capacity() - LENGTH_BYTES);
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

    /// Gives up its place among those who wait for memory.
    void leave() {
        if (queue != null) {
            queue.share().leave(call);
            queue = null;
        }
    }

    /// Gives all memory back, and its place among those who wait.
    void close() {
        leave();
        closeChunk();
        closeLarge();
    }

    private void closeChunk() {
        MemoryRegion closing = chunk;
        ByteBuffer last = unread;
        chunk = null;
        unread = null;
        from = 0;
        if (closing != null && last != null) {
            fillsChunks = last.position() >= CHUNK_BYTES;
            memory.chunks().share().release(closing);
        }
    }

    private void closeLarge() {
        MemoryRegion closing = large;
        large = null;
        filling = null;
        if (closing != null) {
            memory.of((int) closing.length()).share().release(closing);
        }
    }
}
