package hallows.runtime.os;

import hallows.runtime.Region;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import java.io.IOException;
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
        Throwable lost = written.cause();
        // The channel tells its own end. All else drops these bytes alone, and what follows must
        // not
        // go out as if they had.
        if (lost != null && !(lost instanceof IOException)) {
            outbox.lost(lost);
        }
        outbox.done(this);
    }
}
