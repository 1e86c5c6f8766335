package hallows.runtime.os;

import hallows.runtime.Fault;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The reading half of a link: whether it reads, and what it has read too much. Lives on the core
/// of its link.
final class Inbox {
    private final NettyLink link;
    private final Channel channel;
    private final Sockets sockets;
    private final Intake intake;
    private final Leftover leftover = new Leftover();
    private boolean paused;
    private boolean forgotten;
    private boolean returning;

    Inbox(NettyLink link, Channel channel, Sockets sockets) {
        this.link = link;
        this.channel = channel;
        this.sockets = sockets;
        this.intake = new Intake(this);
    }

    /// Has the bytes of `channel` read in place; for links without anything between.
    void readInPlace() {
        if (sockets.readsInPlace()) {
            channel.config().setRecvByteBufAllocator(intake);
        }
    }

    /// Asks for no more bytes. The socket is told at the next ones: most pauses end before them.
    void pause() {
        paused = true;
    }

    /// Asks for bytes again.
    void resume() {
        paused = false;
        if (leftover.isEmpty()) {
            listen(link.isOpen());
        } else {
            link.unsettled();
        }
    }

    boolean paused() {
        return paused || link.closing();
    }

    /// Whether all that has come has been received.
    boolean isEmpty() {
        return leftover.isEmpty();
    }

    /// Forgets what has not been received.
    void drop() {
        leftover.drop();
    }

    /// Where the next bytes go, or null when none are wanted now; the socket is then told so.
    @Nullable ByteBuffer spaceToRead() {
        link.core().enter();
        ByteBuffer space = paused() ? null : link.space();
        if (space == null) {
            paused = true;
            // To be asked although nobody listens means that the peer is done, or worse.
            forgotten |= sockets.forgets() && !channel.config().isAutoRead();
            listen(false);
            noticeReset();
        }
        return space;
    }

    private void noticeReset() {
        if (!link.closing() && sockets.reset().test(channel)) {
            link.broken(new Fault(Fault.Kind.UNREACHABLE, link.peer() + " reset the connection"));
        }
    }

    /// Bytes have come, in the handler's space or elsewhere.
    void arrived(ByteBuf bytes) {
        int count = bytes.readableBytes();
        if (intake.filled(bytes) != null) {
            bytes.release();
            link.received(count);
            return;
        }
        leftover.add(bytes);
        deliver();
        if (!leftover.isEmpty()) {
            listen(false);
        }
    }

    /// Hands over what is left, as far as there is space for it.
    void deliver() {
        while (!leftover.isEmpty() && !paused()) {
            ByteBuffer space = link.space();
            if (space == null) {
                paused = true;
            } else {
                link.received(leftover.fill(space));
            }
        }
        if (link.closing()) {
            leftover.drop();
        }
    }

    /// Listens if bytes are wanted.
    void listenAgain() {
        listen(leftover.isEmpty() && !paused());
    }

    /// The peer says no more. The socket may still be written to.
    void ended() {
        listen(false);
        forgotten = sockets.forgets();
    }

    private void listen(boolean wanted) {
        if (wanted && forgotten) {
            comeBack();
        } else if (!returning && channel.config().isAutoRead() != wanted) {
            channel.config().setAutoRead(wanted);
        }
    }

    /// Writes what is queued, through a socket that is known to the poller.
    void flush() {
        if (forgotten) {
            comeBack();
        } else if (!returning) {
            channel.flush();
        }
    }

    private void comeBack() {
        forgotten = false;
        returning = true;
        channel.deregister().addListener(gone -> register());
    }

    private void register() {
        if (channel.isOpen()) {
            link.core().loop().register(channel).addListener(back -> returned());
        }
    }

    private void returned() {
        returning = false;
        channel.flush();
        if (link.isOpen()) {
            listenAgain();
        }
    }
}
