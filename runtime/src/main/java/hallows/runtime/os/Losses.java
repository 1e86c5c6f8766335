package hallows.runtime.os;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.io.IOException;

/// Tells the link when the channel drops what TLS gives it.
///
/// The channel copies encrypted bytes to native memory. Without memory it drops them and tells only
/// the promise of that write, which TLS has made itself and does not look at: the link would go on
/// with a hole in its stream, and its peer would be the first to notice.
@ChannelHandler.Sharable
final class Losses extends ChannelOutboundHandlerAdapter implements ChannelFutureListener {
    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        context.write(message, promise.unvoid()).addListener(this);
    }

    /// The channel's own end is told otherwise.
    @Override
    public void operationComplete(ChannelFuture written) {
        Throwable lost = written.cause();
        if (lost != null && !(lost instanceof IOException)) {
            written.channel().pipeline().fireExceptionCaught(lost);
        }
    }
}
