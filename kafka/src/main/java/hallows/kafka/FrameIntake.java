package hallows.kafka;

import hallows.runtime.MemoryRegion;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Makes frames out of what a link brings. Small ones lie one behind the other in a chunk, and what
/// a client announces costs nothing until it has filled one. Then a large frame gets all of its
/// memory at once, or waits for it with its chunk alone: if it grew as its bytes come, frames would
/// wait for what other half ones hold.
final class FrameIntake {
    /// What stands before each frame.
    static final int LENGTH_BYTES = FrameChunk.LENGTH_BYTES;

    /// A frame above that would fill a wide chunk nearly by itself, and is read into its own
    /// memory.
    private static final int SMALL_BYTES_MAX = FrameChunk.WIDE_BYTES / 2;

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

    private final FrameChunk chunk;

    /// A large frame with its length before it, bytes up to the position of `filling`.
    private @Nullable MemoryRegion large;

    private @Nullable ByteBuffer filling;

    FrameIntake(UnreadMemory memory, int frameBytesMax, Runnable call) {
        this.memory = memory;
        this.frameBytesMax = frameBytesMax;
        this.call = call;
        this.chunk = new FrameChunk(memory.chunks().share());
    }

    /// Where the next bytes go, or null when there is no room or no memory now.
    @Nullable ByteBuffer space() {
        ByteBuffer space = filling == null ? chunkSpace() : filling;
        return space != null && space.hasRemaining() ? space : null;
    }

    private @Nullable ByteBuffer chunkSpace() {
        if (!chunk.isOpen()) {
            return openChunk() ? chunk.room() : null;
        }
        if (chunk.isFullOfOne() && isBegun()) {
            // Without a look in between: the rest of the frame is usually there to be read.
            boolean begins = begins(LENGTH_BYTES + chunk.length());
            return begins && filling == null ? chunk.room() : filling;
        }
        return chunk.room();
    }

    /// Whether the first frame is sound as far as it is here, and not whole.
    private boolean isBegun() {
        return chunk.isTold()
                && chunk.length() <= frameBytesMax
                && chunk.there() < LENGTH_BYTES + chunk.length();
    }

    /// Whether there is no room behind what was read last.
    boolean isFull() {
        ByteBuffer begun = filling;
        return begun == null ? chunk.isOpen() && chunk.isFull() : !begun.hasRemaining();
    }

    private boolean openChunk() {
        queue = chunk.open(call) ? null : memory.chunks();
        return chunk.isOpen();
    }

    /// Looks whether a whole frame is there.
    Look look() {
        ByteBuffer begun = filling;
        if (begun != null) {
            return begun.hasRemaining() ? Look.NEEDS_BYTES : Look.FRAME;
        }
        if (!chunk.isOpen()) {
            return queue != null && !openChunk() ? Look.NEEDS_MEMORY : Look.NEEDS_BYTES;
        }
        return chunk.isTold() ? lookAtSmall(chunk.length()) : needsBytes();
    }

    private Look lookAtSmall(int length) {
        if (length < 0 || length > frameBytesMax) {
            return Look.MALFORMED;
        }
        if (chunk.there() >= LENGTH_BYTES + length) {
            return Look.FRAME;
        }
        if (!chunk.isFullOfOne()) {
            return needsBytes();
        }
        return begins(LENGTH_BYTES + length) ? Look.NEEDS_BYTES : Look.NEEDS_MEMORY;
    }

    private Look needsBytes() {
        chunk.makeRoom();
        return Look.NEEDS_BYTES;
    }

    /// Moves what is there of a frame to where there is room for all of it.
    private boolean begins(int bytes) {
        if (bytes <= SMALL_BYTES_MAX && chunk.widen()) {
            leave();
            return true;
        }
        UnreadMemory.Tier tier = memory.of(bytes);
        MemoryRegion region = tier.share().claim(call, bytes);
        queue = region == null ? tier : null;
        if (region == null) {
            return false;
        }
        large = region;
        filling = chunk.moved(region);
        chunk.close();
        chunk.isTooSmall();
        return true;
    }

    /// Whether nothing of a frame is here, and no frame.
    boolean isEmpty() {
        return !chunk.isOpen() && large == null;
    }

    /// Whether it waits for memory and nobody is before it.
    boolean isNext() {
        return queue != null && queue.share().isNext(call);
    }

    /// Whether what it holds is of this kind.
    boolean holds(UnreadMemory.Tier tier) {
        MemoryRegion begun = large;
        return begun == null
                ? chunk.isOpen() && tier.equals(memory.chunks())
                : tier.equals(memory.of((int) begun.length()));
    }

    /// How much it holds.
    long heldBytes() {
        return chunk.heldBytes() + (large == null ? 0 : large.length());
    }

    /// Gives back what was opened for bytes that have not come; false when there are some.
    boolean giveBackUnused() {
        if (filling != null || (chunk.isOpen() && chunk.there() > 0)) {
            return false;
        }
        chunk.close();
        return true;
    }

    /// The frame that `look` has found, without its length; good until [#done].
    ByteBuffer frame() {
        ByteBuffer whole = filling;
        return whole == null
                ? chunk.frame()
                : whole.slice(LENGTH_BYTES, whole.capacity() - LENGTH_BYTES);
    }

    /// The memory in which that frame lies alone, with its length before it, from now on the
    /// caller's; null where others lie in it, too.
    @Nullable MemoryRegion take() {
        MemoryRegion taken = large;
        if (taken != null) {
            large = null;
            filling = null;
            memory.of((int) taken.length()).share().handOn(taken);
        }
        return taken;
    }

    /// The frame that `look` has found is not needed any more.
    void done() {
        if (filling != null) {
            closeLarge();
        } else if (chunk.isOpen()) {
            chunk.next();
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
        chunk.close();
        closeLarge();
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
