package hallows.runtime.os;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.EpollSocketChannel;
import org.jspecify.annotations.Nullable;

/// Holds back a socket's last segment while it is not full and more is about to follow.
///
/// Memory and files go to the host in calls of their own. Without this the head of an answer is a
/// packet by itself, and wakes a reader who then waits for the records. Linux has it; elsewhere the
/// head goes ahead.
final class Cork {
    private final @Nullable EpollSocketChannel socket;
    private boolean in;

    Cork(Channel channel) {
        socket = channel instanceof EpollSocketChannel epoll ? epoll : null;
    }

    /// From now on only full segments leave.
    void putIn() {
        if (!in) {
            set(true);
        }
    }

    /// What was held back leaves.
    void takeOut() {
        if (in) {
            set(false);
        }
    }

    /// It is only a wish. Netty closes a socket before it says so, and refuses from then on.
    private void set(boolean wanted) {
        if (socket == null || !socket.isOpen()) {
            return;
        }
        try {
            socket.config().setTcpCork(wanted);
            in = wanted;
        } catch (ChannelException refused) {
            in = false;
        }
    }
}
