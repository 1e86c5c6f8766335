package hallows.runtime.os;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Lets Netty read straight into the memory of the one who wants the bytes.
///
/// Netty asks for a buffer before each read and knows no answer but a buffer; an exception it
/// passes on to the pipeline is its only way not to read ([NotNow]). Lives on the core of its
/// inbox.
final class Intake implements RecvByteBufAllocator, RecvByteBufAllocator.ExtendedHandle {
    private static final int READS_MAX = 4;
    private static final int COPIED_BYTES_MAX = 64 << 10;

    /// There is no read now: reading is paused, or others must have their turn first.
    static final class NotNow extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private NotNow() {
            super("not now", null, false, false);
        }
    }

    private final Inbox inbox;
    private @Nullable ByteBuffer space;
    private @Nullable ByteBuf dressed;
    private int reads;
    private int lastBytes;
    private int attemptedBytes;

    Intake(Inbox inbox) {
        this.inbox = inbox;
    }

    @Override
    public ExtendedHandle newHandle() {
        return this;
    }

    @Override
    public ByteBuf allocate(ByteBufAllocator allocator) {
        // After the peer's end Netty would read on and on, whatever continueReading says.
        ByteBuffer found = reads < READS_MAX ? inbox.spaceToRead() : null;
        if (found == null) {
            throw new NotNow();
        }
        if (!found.isDirect()) {
            return allocator.directBuffer(Math.min(found.remaining(), COPIED_BYTES_MAX));
        }
        space = found;
        ByteBuf fresh = Unpooled.wrappedBuffer(found).clear();
        dressed = fresh;
        return fresh;
    }

    /// The space whose bytes `read` holds, moved on behind them; null when they are elsewhere.
    @SuppressWarnings("ReferenceEquality")
    @Nullable ByteBuffer filled(ByteBuf read) {
        ByteBuffer filled = read == dressed ? space : null;
        if (filled != null) {
            filled.position(filled.position() + read.readableBytes());
        }
        dressed = null;
        space = null;
        return filled;
    }

    @Override
    public void reset(ChannelConfig config) {
        reads = 0;
        lastBytes = 0;
        dressed = null;
        space = null;
    }

    @Override
    public void incMessagesRead(int count) {
        reads += count;
    }

    @Override
    public void lastBytesRead(int bytes) {
        lastBytes = bytes;
    }

    @Override
    public int lastBytesRead() {
        return lastBytes;
    }

    @Override
    public void attemptedBytesRead(int bytes) {
        attemptedBytes = bytes;
    }

    @Override
    public int attemptedBytesRead() {
        return attemptedBytes;
    }

    /// A read that left room has emptied the socket.
    @Override
    public boolean continueReading() {
        return lastBytes == attemptedBytes && mayRead();
    }

    @Override
    public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
        return maybeMore.get() && mayRead();
    }

    private boolean mayRead() {
        return lastBytes > 0 && reads < READS_MAX && !inbox.paused();
    }

    @Override
    @Deprecated
    public int guess() {
        return COPIED_BYTES_MAX;
    }

    @Override
    public void readComplete() {}
}
