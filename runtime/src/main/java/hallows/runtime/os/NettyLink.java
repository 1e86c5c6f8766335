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
import java.nio.ByteBuffer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A connection over a Netty channel. Lives on its core.
final class NettyLink implements Link {
    private final NettyCore core;
    private final Channel channel;
    private final Predicate<Channel> reset;
    private final Endpoint peer;
    private final Outbox outbox;
    private final Leftover leftover = new Leftover();
    private final Intake intake;
    private LinkHandler handler = Nobody.NOBODY;

    private boolean paused;
    private boolean finishing;
    private boolean closing;
    private boolean emptied;
    private boolean inUnflushed;
    private boolean inUnsettled;
    private @Nullable Fault fault;
    private @Nullable LinkEnd end;
    private boolean ended;

    NettyLink(NettyCore core, Channel channel, Sockets sockets, boolean secured) {
        this.core = core;
        this.channel = channel;
        this.reset = sockets.reset();
        this.peer = Addresses.endpoint(channel.remoteAddress());
        // io_uring splices files with 32 bits of offset.
        this.outbox =
                new Outbox(
                        this, channel, new Outbox.Way(secured, secured || !sockets.readsInPlace()));
        this.intake = new Intake(this);
    }

    NettyCore core() {
        return core;
    }

    Intake intake() {
        return intake;
    }

    /// The link is open; `caller` says who handles it.
    void welcome(Network.Caller caller) {
        core.links().born(this);
        handler = caller.welcome(this);
    }

    @Override
    public void write(Region region) {
        if (closing || finishing || end != null) {
            region.release();
        } else {
            outbox.add(region);
            unflushed();
        }
    }

    @Override
    public long queuedBytes() {
        return outbox.queuedBytes();
    }

    @Override
    public void pauseReading() {
        // The socket is told at the next bytes: most pauses end before them.
        paused = true;
    }

    @Override
    public void resumeReading() {
        paused = false;
        if (!leftover.isEmpty()) {
            unsettled();
        } else if (end == null && !closing) {
            listen(true);
        }
    }

    boolean paused() {
        return paused || closing;
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
            closing = true;
            channel.close();
        }
    }

    @Override
    public void abort() {
        closing = true;
        // Not through the pipeline: TLS would first wait for its farewell to be sent.
        channel.unsafe().close(channel.unsafe().voidPromise());
        leftover.drop();
        if (end != null) {
            unsettled();
        }
    }

    @Override
    public Endpoint peer() {
        return peer;
    }

    /// Where the next bytes go, or null when none are wanted now; the socket is then told so.
    @Nullable ByteBuffer spaceToRead() {
        core.enter();
        ByteBuffer space = paused() ? null : space();
        if (space == null) {
            listen(false);
            if (!closing && reset.test(channel)) {
                broken(new Fault(Fault.Kind.UNREACHABLE, peer + " reset the connection"));
            }
        }
        return space;
    }

    private @Nullable ByteBuffer space() {
        try {
            ByteBuffer space = handler.space();
            Check.that(space == null || space.hasRemaining(), "a space has room for a byte");
            paused |= space == null;
            return space;
        } catch (RuntimeException | Error thrown) {
            failed(thrown);
            return null;
        }
    }

    /// Bytes have come, in the handler's space or elsewhere.
    void arrived(ByteBuf bytes) {
        int count = bytes.readableBytes();
        if (intake.filled(bytes) != null) {
            bytes.release();
            handler.received(count);
            return;
        }
        leftover.add(bytes);
        deliver();
        if (!leftover.isEmpty()) {
            listen(false);
        }
    }

    private void deliver() {
        while (!leftover.isEmpty() && !paused()) {
            ByteBuffer space = space();
            if (space != null) {
                handler.received(leftover.fill(space));
            }
        }
        if (closing) {
            leftover.drop();
        }
    }

    private void listen(boolean wanted) {
        if (channel.config().isAutoRead() != wanted) {
            channel.config().setAutoRead(wanted);
        }
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

    private void unsettled() {
        if (!inUnsettled) {
            inUnsettled = true;
            core.links().unsettled(this);
        }
    }

    void flush() {
        inUnflushed = false;
        channel.flush();
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
        } else if (empty && channel.isActive() && !closing) {
            handler.drained();
        }
    }

    private void catchUp() {
        deliver();
        if (end == null) {
            listen(leftover.isEmpty() && !paused());
        } else if (leftover.isEmpty() && !channel.isActive()) {
            tellEnd(end);
        }
    }

    /// The socket or the file broke; the first cause counts.
    void broken(Fault cause) {
        if (fault == null && !closing) {
            fault = cause;
        }
        abort();
    }

    /// The handler threw: the driver of the core hears of it, the link is given up.
    void failed(Throwable thrown) {
        core.failed(thrown);
        abort();
    }

    /// The peer has said that it is done.
    void peerFinished() {
        if (end == null && !closing) {
            end = LinkEnd.PEER_FINISHED;
            channel.close();
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
        return secured
                ? new LinkEnd.Broken(
                        new Fault(Fault.Kind.UNREACHABLE, peer + " left without a farewell"))
                : LinkEnd.PEER_FINISHED;
    }

    /// Tells the end at once; the core is ending.
    void end() {
        leftover.drop();
        outbox.end();
        tellEnd(LinkEnd.CLOSED);
    }

    private void tellEnd(LinkEnd how) {
        if (!ended) {
            ended = true;
            core.links().died(this);
            handler.closed(how);
        }
    }

    /// Who handles a link before it is open.
    private enum Nobody implements LinkHandler {
        NOBODY;

        @Override
        public @Nullable ByteBuffer space() {
            return null;
        }

        @Override
        public void received(int bytes) {}

        @Override
        public void drained() {}

        @Override
        public void closed(LinkEnd end) {}
    }
}
