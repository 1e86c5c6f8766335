package hallows.kafka;

import hallows.runtime.Buffers;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The part of a shard's memory that what clients have not finished sending may take. The rest is
/// for what brings memory back: appends, reads and replies.
///
/// Frames of different size do not compete: a small one never waits behind some that are larger by
/// far, and first bytes wait for no frame. All shares together are less than the whole, as the
/// runtime's blocks may be up to twice as large as what is asked for.
final class UnreadMemory {
    private static final int CHUNKS_PART = 8;
    private static final int SMALL_PART = 8;
    private static final int ORDINARY_PART = 4;
    private static final int LARGE_PART = 2;

    /// Frames of the largest size that a share holds at a time.
    private static final int SMALL_FRAMES = 128;

    private static final int ORDINARY_FRAMES = 16;

    /// How long a client may say nothing of something small that it has begun, while others wait.
    private static final long SMALL_PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final long LARGE_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Tier chunks;
    private final Tier small;
    private final Tier ordinary;
    private final Tier large;

    /// Frames of about one size.
    ///
    /// @param share what they take
    /// @param frameBytesMax the largest of them, with its length before it
    /// @param patienceNanos how long one of them may stand still while others wait
    record Tier(MemoryShare share, int frameBytesMax, long patienceNanos) {
        private static Tier of(Buffers buffers, long bytes, int frames, long patienceNanos) {
            int frameBytesMax = (int) Math.min(Integer.MAX_VALUE, bytes / frames);
            return new Tier(new MemoryShare(buffers, bytes), frameBytesMax, patienceNanos);
        }
    }

    /// Shares of `bytesMax`.
    UnreadMemory(Buffers buffers, long bytesMax) {
        long patience = SMALL_PATIENCE_NANOS;
        chunks = Tier.of(buffers, bytesMax / CHUNKS_PART, 1, patience);
        small = Tier.of(buffers, bytesMax / SMALL_PART, SMALL_FRAMES, patience);
        ordinary = Tier.of(buffers, bytesMax / ORDINARY_PART, ORDINARY_FRAMES, patience);
        long largest = bytesMax / LARGE_PART + FrameIntake.LENGTH_BYTES;
        large = Tier.of(buffers, largest, 1, LARGE_PATIENCE_NANOS);
    }

    /// The largest frame that can ever be held in shares of so many bytes, without its length.
    static int frameBytesMax(long bytesMax) {
        return (int) Math.min(Integer.MAX_VALUE - FrameIntake.LENGTH_BYTES, bytesMax / LARGE_PART);
    }

    /// How large shares must be to hold a frame of so many bytes, without its length.
    static long bytesFor(long frameBytes) {
        return LARGE_PART * frameBytes;
    }

    /// For the first bytes of any frame.
    Tier chunks() {
        return chunks;
    }

    /// For a frame of so many bytes, its length before it among them.
    Tier of(int bytes) {
        if (bytes <= small.frameBytesMax()) {
            return small;
        }
        return bytes <= ordinary.frameBytesMax() ? ordinary : large;
    }

    /// All of them.
    List<Tier> tiers() {
        return List.of(chunks, small, ordinary, large);
    }
}
