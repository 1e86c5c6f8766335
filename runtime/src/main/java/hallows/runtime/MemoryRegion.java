package hallows.runtime;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Bytes in native memory.
public final class MemoryRegion extends Region {
    private final MemorySegment room;

    /// The last slice asked for, kept while the length stays: a slice costs an object.
    private MemorySegment used;

    private long from;
    private long length;

    /// For the lender, while the region is at home: the next one like it.
    @Nullable MemoryRegion nextFree;

    /// All of `memory`, until released to `lender`.
    public MemoryRegion(Home home, Lender lender, MemorySegment memory) {
        super(home, lender);
        this.room = memory;
        this.used = memory;
        this.length = memory.byteSize();
    }

    /// The bytes. Not to be kept beyond the release.
    public MemorySegment memory() {
        if (used.byteSize() != length || used.address() != room.address() + from) {
            used = length == room.byteSize() ? room : room.asSlice(from, length);
        }
        return used;
    }

    /// The bytes as a fresh buffer, from 0 to the length.
    public ByteBuffer buffer() {
        return memory().asByteBuffer();
    }

    @Override
    public long length() {
        return length;
    }

    /// How many bytes it had room for, whatever it was trimmed to.
    public long roomBytes() {
        return room.byteSize();
    }

    /// Keeps the first `bytes` of what it had room for; a buffer filled half is sent half.
    @Override
    public MemoryRegion trim(long bytes) {
        Check.that(
                0 <= bytes && bytes <= room.byteSize(), "a region is trimmed to its room", bytes);
        from = 0;
        length = bytes;
        return this;
    }

    /// Keeps `bytes` of what it had room for, those from `first` on.
    public MemoryRegion cut(long first, long bytes) {
        Check.that(
                0 <= first && 0 <= bytes && first + bytes <= room.byteSize(),
                "a region is cut out of its room",
                bytes);
        from = first;
        length = bytes;
        return this;
    }

    /// For the lender: the same bytes go out again, `bytes` of them.
    MemoryRegion lendAgain(long bytes) {
        lendAgain();
        return trim(bytes);
    }
}
