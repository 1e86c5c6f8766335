package hallows.runtime.os;

import hallows.runtime.Region;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import org.jspecify.annotations.Nullable;

/// A part of a region that something between copies, as TLS does: the host has taken it when the
/// copy has gone out, which only the promise of the write knows.
record CopiedPiece(long length, @Nullable Region ends, Outbox outbox)
        implements Piece, ChannelFutureListener {
    @Override
    public long taken() {
        return 0;
    }

    @Override
    public void operationComplete(ChannelFuture written) {
        outbox.done(this);
    }
}
