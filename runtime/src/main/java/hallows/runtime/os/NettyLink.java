package hallows.runtime.os;

import hallows.runtime.Check;
import hallows.runtime.Endpoint;
import hallows.runtime.Fault;
import hallows.runtime.Link;
import hallows.runtime.LinkEnd;
import hallows.runtime.LinkHandler;
import hallows.runtime.Network;
import hallows.runtime.Region;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A connection over a Netty channel. Lives on its core.
final class NettyLink implements Link {
    private final NettyCore core;
    private final Channel channel;
    private final Endpoint peer;
    private final Outbox outbox;
    private final Inbox inbox;
    private LinkHandler handler = Stranger.STRANGER;

    // First what is wished, then what has come of it. `end` is why the link ends, once that is
    // known;
    // the handler is told when the channel is gone and all bytes before it have been received.
    private boolean finishing;
    private boolean closing;
    private boolean peerDone;
    private @Nullable Fault fault;
    private @Nullable LinkEnd end;
    private boolean endTold;

    // What waits for the end of Netty's work.
    private boolean emptied;
    private boolean inUnflushed;
    private boolean inUnsettled;

    NettyLink(LinkPipe.Birth birth, Channel channel) {
        this.core = birth.core();
        this.channel = channel;
        this.peer = Addresses.endpoint(channel.remoteAddress());
        boolean secured = birth.secured();
        // io_uring splices files with 32 bits of offset.
        boolean copiesFiles = secured || !birth.sockets().readsInPlace();
        this.outbox = new Outbox(this, channel, new Outbox.Way(secured, copiesFiles));
        this.inbox = new Inbox(this, channel, birth.sockets());
        if (!secured) {
            inbox.readInPlace();
        }
    }

    NettyCore core() {
        return core;
    }

    /// The link is open; `caller` says who handles it.
    void welcome(Network.Caller caller) {
        core.links().born(this);
        handler = caller.welcome(this);
    }

    @Override
    public void write(Region region) {
        if (isOpen() && !finishing) {
            outbox.add(region);
            unflushed();
        } else {
            region.release();
        }
    }

    @Override
    public long queuedBytes() {
        return outbox.queuedBytes();
    }

    @Override
    public void pauseReading() {
        inbox.pause();
    }

    @Override
    public void resumeReading() {
        inbox.resume();
    }

    @Override
    public void finish() {
        finishing = true;
        if (outbox.queuedBytes() == 0) {
            close();
        }
    }

    private void close() {
        if (!closing) {
            // What the peer said before its end is still to be received.
            closing = end == null;
            channel.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
        }
    }

    @Override
    public void abort() {
        closing = true;
        // Not through the pipeline: TLS would first wait for its farewell to be sent.
        channel.unsafe().close(channel.unsafe().voidPromise());
        inbox.drop();
        unsettled();
    }

    @Override
    public Endpoint peer() {
        return peer;
    }

    /// Neither closed by us nor ended by the peer.
    boolean isOpen() {
        return !closing && end == null;
    }

    boolean closing() {
        return closing;
    }

    /// The handler's space; null when it has none, or fails.
    @Nullable ByteBuffer space() {
        try {
            ByteBuffer space = handler.space();
            Check.that(space == null || space.hasRemaining(), "a space has room for a byte");
            return space;
        } catch (RuntimeException | Error thrown) {
            failed(thrown);
            return null;
        }
    }

    void received(int bytes) {
        handler.received(bytes);
    }

    void arrived(ByteBuf bytes) {
        inbox.arrived(bytes);
    }

    /// All that was queued has been taken by the host.
    void emptied() {
        emptied = true;
        unsettled();
    }

    void unflushed() {
        if (!inUnflushed) {
            inUnflushed = true;
            core.links().wrote(this);
        }
    }

    void unsettled() {
        if (!inUnsettled) {
            inUnsettled = true;
            core.links().unsettled(this);
        }
    }

    void flush() {
        inUnflushed = false;
        inbox.flush();
        outbox.flushed();
    }

    /// Tells the handler what could not be told in the middle of Netty's work.
    void settle() {
        inUnsettled = false;
        core.enter();
        try {
            if (emptied) {
                emptied = false;
                drained();
            }
            catchUp();
        } catch (RuntimeException | Error thrown) {
            failed(thrown);
        }
    }

    private void drained() {
        boolean empty = outbox.queuedBytes() == 0;
        if (empty && finishing) {
            close();
        } else if (empty && isOpen() && channel.isActive()) {
            handler.drained();
        }
    }

    private void catchUp() {
        inbox.deliver();
        if (peerDone && isOpen() && inbox.isEmpty()) {
            end = LinkEnd.PEER_FINISHED;
            finish();
        }
        if (end != null) {
            tellEnd(end);
        } else if (!closing && !peerDone) {
            inbox.listenAgain();
        }
    }

    /// The socket or the file broke; the first cause counts.
    void broken(Fault cause) {
        if (fault == null && !closing) {
            fault = cause;
        }
        abort();
    }

    /// There is no native memory for what must be copied.
    void starved(OutOfMemoryError full) {
        if (!closing) {
            Fault cause = NativeMemory.fault(peer, full);
            core.refused(cause);
            broken(cause);
        }
    }

    /// The handler threw: the driver of the core hears of it, the link is given up.
    void failed(Throwable thrown) {
        core.failed(thrown);
        abort();
    }

    /// The peer has said that it is done. It still gets what is queued by then, and what the
    /// handler writes as it receives the peer's last bytes; an answer that is written later is
    /// released, as nobody but the handler knows whether one is to come.
    void peerFinished() {
        if (!peerDone) {
            peerDone = true;
            inbox.ended();
            catchUp();
        }
    }

    /// The channel is gone. What has come before is told first, when there is space for it.
    void inactive(boolean secured) {
        end = reason(secured);
        outbox.end();
        catchUp();
    }

    private LinkEnd reason(boolean secured) {
        if (fault != null) {
            return new LinkEnd.Broken(fault);
        }
        if (end != null) {
            return end;
        }
        if (closing) {
            return LinkEnd.CLOSED;
        }
        return secured && !peerDone
                ? new LinkEnd.Broken(
                        new Fault(Fault.Kind.UNREACHABLE, peer + " left without a farewell"))
                : LinkEnd.PEER_FINISHED;
    }

    /// Tells the end at once; the core is ending.
    void end() {
        inbox.drop();
        outbox.end();
        endNow(LinkEnd.CLOSED);
    }

    private void tellEnd(LinkEnd how) {
        if (inbox.isEmpty() && !channel.isActive()) {
            endNow(how);
        }
    }

    private void endNow(LinkEnd how) {
        if (!endTold) {
            endTold = true;
            core.links().died(this);
            handler.closed(how);
        }
    }
}
