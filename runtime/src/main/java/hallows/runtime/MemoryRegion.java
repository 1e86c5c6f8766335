package hallows.runtime;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/// Bytes in native memory.
public final class MemoryRegion extends Region {
    private final MemorySegment memory;
    private MemorySegment used;

    /// All of `memory`, until released to `lender`.
    public MemoryRegion(Home home, Lender lender, MemorySegment memory) {
        super(home, lender);
        this.memory = memory;
        this.used = memory;
    }

    /// The bytes. Not to be kept beyond the release.
    public MemorySegment memory() {
        return used;
    }

    /// The bytes as a fresh buffer, from 0 to the length.
    public ByteBuffer buffer() {
        return used.asByteBuffer();
    }

    @Override
    public long length() {
        return used.byteSize();
    }

    /// Keeps the first `bytes` of what it had room for; a buffer filled half is sent half.
    public MemoryRegion trim(long bytes) {
        used = memory.asSlice(0, bytes);
        return this;
    }
}
