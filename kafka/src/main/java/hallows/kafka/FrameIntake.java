package hallows.kafka;

import hallows.runtime.MemoryRegion;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Makes frames out of what a link brings. Small ones lie one behind the other in a chunk that is
/// there only while something is in it, and what a client announces costs nothing until it has
/// filled one. Then a large frame gets all of its memory at once, or waits for it with its chunk
/// alone: if it grew as its bytes come, frames would wait for what other half ones hold.
final class FrameIntake {
    static final int CHUNK_BYTES = 2048;

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
        ByteBuffer space = filling;
        if (space == null) {
            space = unread == null ? openChunk() : unread;
            if (space != null) {
                space.limit(Math.max(space.position(), end(space)));
            }
        }
        return space != null && space.hasRemaining() ? space : null;
    }

    /// How far a chunk may be filled. While others wait for one no byte is read of the frame after
    /// this: else who never pauses would have a beginning in it for ever.
    private int end(ByteBuffer small) {
        if (!memory.chunks().share().isWanted()) {
            return CHUNK_BYTES;
        }
        boolean told = small.position() - from >= LENGTH_BYTES;
        int length = told ? Math.clamp(small.getInt(from), 0, CHUNK_BYTES) : 0;
        return Math.min(CHUNK_BYTES, from + LENGTH_BYTES + length);
    }

    private @Nullable ByteBuffer openChunk() {
        chunk = claim(memory.chunks(), CHUNK_BYTES);
        unread = chunk == null ? null : chunk.buffer();
        from = 0;
        return unread;
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
        if (there < CHUNK_BYTES) {
            return needsBytes(small);
        }
        return begins(small, LENGTH_BYTES + length) ? Look.NEEDS_BYTES : Look.NEEDS_MEMORY;
    }

    /// There is no whole frame in the chunk: what there is of one moves to the front.
    private Look needsBytes(ByteBuffer small) {
        if (from > 0) {
            small.limit(small.position()).position(from);
            small.compact();
            from = 0;
        }
        return Look.NEEDS_BYTES;
    }

    /// Moves what is there of a large frame into memory of its own.
    private boolean begins(ByteBuffer full, int bytes) {
        MemoryRegion region = claim(memory.of(bytes), bytes);
        if (region == null) {
            return false;
        }
        large = region;
        filling = region.buffer().put(0, full, 0, CHUNK_BYTES).position(CHUNK_BYTES);
        closeChunk();
        return true;
    }

    /// Whether nothing of a frame is here, and no frame.
    boolean isEmpty() {
        return chunk == null && large == null;
    }

    /// Whether it waits for memory and nobody is before it.
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
        chunk = null;
        unread = null;
        if (closing != null) {
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
