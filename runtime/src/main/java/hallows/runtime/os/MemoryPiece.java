package hallows.runtime.os;

import hallows.runtime.MemoryRegion;
import hallows.runtime.Region;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledDirectByteBuf;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/// A whole memory region in Netty's dress. Netty drops it when the host has taken it, or never
/// will.
final class MemoryPiece extends UnpooledDirectByteBuf implements Piece {
    private final MemoryRegion region;
    private final Outbox outbox;

    MemoryPiece(MemoryRegion region, Outbox outbox) {
        super(UnpooledByteBufAllocator.DEFAULT, writable(region), (int) region.length());
        this.region = region;
        this.outbox = outbox;
    }

    /// Netty takes no read-only memory, though it only reads.
    @SuppressWarnings("restricted")
    private static ByteBuffer writable(MemoryRegion region) {
        MemorySegment memory = region.memory();
        if (!memory.isReadOnly()) {
            return region.buffer();
        }
        return MemorySegment.ofAddress(memory.address())
                .reinterpret(memory.byteSize())
                .asByteBuffer();
    }

    @Override
    public long length() {
        return region.length();
    }

    @Override
    public long taken() {
        return readerIndex();
    }

    @Override
    public Region ends() {
        return region;
    }

    @Override
    protected void deallocate() {
        super.deallocate();
        outbox.done(this);
    }
}
