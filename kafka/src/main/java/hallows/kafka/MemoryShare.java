package hallows.kafka;

import hallows.runtime.Buffers;
import hallows.runtime.MemoryRegion;
import org.jspecify.annotations.Nullable;

/// The part of a shard's memory that what clients have not finished sending may take. The rest is
/// for what brings memory back: appends, reads and replies.
final class MemoryShare {
    private final Buffers buffers;
    private final long bytesMax;
    private long takenBytes;

    MemoryShare(Buffers buffers, long bytesMax) {
        this.buffers = buffers;
        this.bytesMax = bytesMax;
    }

    /// A region of exactly so many bytes; null when there is none now.
    @Nullable MemoryRegion allocate(int bytes) {
        if (takenBytes + bytes > bytesMax) {
            return null;
        }
        MemoryRegion region = buffers.allocate(bytes);
        takenBytes += region == null ? 0 : bytes;
        return region;
    }

    /// Gives a region back that came from here, as long as it was.
    void release(MemoryRegion region) {
        takenBytes -= region.length();
        region.release();
    }
}
