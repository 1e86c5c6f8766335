package hallows.runtime.os;

import hallows.runtime.Fault;
import hallows.runtime.Network;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/// Netty's side of a link: turns the events of its channel into what the link understands.
///
/// Everything a handler throws ends here, because the pipeline would log and forget it. Lives on
/// the core of its link.
final class LinkPipe extends ChannelInboundHandlerAdapter {
    /// How a link is made once its channel is open.
    ///
    /// @param core where it lives
    /// @param sockets what its channel is of
    /// @param secured whether TLS is between
    /// @param caller who wants it
    record Birth(NettyCore core, Sockets sockets, boolean secured, Network.Caller caller) {}

    private final Birth birth;
    private @Nullable NettyLink link;
    private @Nullable Throwable refusal;
    private boolean answered;

    LinkPipe(Birth birth) {
        this.birth = birth;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (!birth.secured()) {
            open(context);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        birth.core().enter();
        switch (event) {
            case SslHandshakeCompletionEvent shaken when shaken.isSuccess() -> open(context);
            case SslHandshakeCompletionEvent shaken -> refused(shaken.cause());
            case SslCloseCompletionEvent closed when closed.isSuccess() && link != null ->
                    link.peerFinished();
            case ChannelInputShutdownEvent _ when link != null -> link.peerFinished();
            default -> {
                // Netty has more to say than anybody here wants to know.
            }
        }
    }

    private void open(ChannelHandlerContext context) {
        birth.core().enter();
        if (answered || !context.channel().isActive()) {
            return;
        }
        answered = true;
        NettyLink fresh = new NettyLink(birth, context.channel());
        link = fresh;
        try {
            fresh.welcome(birth.caller());
        } catch (RuntimeException | Error thrown) {
            fresh.failed(thrown);
        }
    }

    /// There will be no link.
    void refused(@Nullable Throwable cause) {
        birth.core().enter();
        if (answered) {
            return;
        }
        answered = true;
        OutOfMemoryError full = NativeMemory.shortage(cause);
        if (full != null) {
            birth.core().refused(NativeMemory.fault("a peer", full));
        }
        try {
            String why = cause == null ? "it was closed" : String.valueOf(cause.getMessage());
            birth.caller().unreachable(new Fault(Fault.Kind.UNREACHABLE, why));
        } catch (RuntimeException | Error thrown) {
            birth.core().failed(thrown);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        birth.core().enter();
        ByteBuf bytes = (ByteBuf) message;
        NettyLink open = link;
        if (open == null) {
            bytes.release();
            return;
        }
        try {
            open.arrived(bytes);
        } catch (RuntimeException | Error thrown) {
            open.failed(thrown);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        birth.core().enter();
        NettyLink open = link;
        if (open == null) {
            refused(refusal);
            return;
        }
        try {
            open.inactive(birth.secured());
        } catch (RuntimeException | Error thrown) {
            birth.core().failed(thrown);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        NettyLink open = link;
        switch (cause) {
            case Intake.NotNow _ -> {
                // Nothing was read, as it was meant to be.
            }
            case ClosedChannelException _ -> {
                // A write met a close; the close has been told, or will be.
            }
            case IOException broken when open != null -> open.broken(fault(open, broken));
            default -> {
                OutOfMemoryError full = NativeMemory.shortage(cause);
                if (full == null) {
                    unexpected(context, cause);
                } else {
                    starved(context, full);
                }
            }
        }
    }

    /// Netty had no memory for the bytes of this link; others may have theirs.
    private void starved(ChannelHandlerContext context, OutOfMemoryError full) {
        NettyLink open = link;
        if (open == null) {
            refusal = full;
            // Not through the pipeline: TLS would look for memory for its farewell.
            context.channel().unsafe().close(context.channel().voidPromise());
        } else {
            open.starved(full);
        }
    }

    private static Fault fault(NettyLink link, Throwable cause) {
        return new Fault(Fault.Kind.UNREACHABLE, link.peer() + ": " + cause.getMessage());
    }

    /// Netty wraps what TLS found wrong with the peer's bytes; all else is our own fault.
    private void unexpected(ChannelHandlerContext context, Throwable cause) {
        NettyLink open = link;
        if (open == null) {
            refusal = cause;
            context.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
        } else if (cause.getCause() instanceof IOException broken) {
            open.broken(fault(open, broken));
        } else {
            open.failed(cause);
        }
    }
}
