package hallows.runtime.os;

import io.netty.channel.Channel;
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
        if (socket != null && !in) {
            in = true;
            socket.config().setTcpCork(true);
        }
    }

    /// What was held back leaves. Nothing is to be let out of a channel that is gone.
    void takeOut() {
        if (socket != null && in) {
            in = false;
            if (socket.isOpen()) {
                socket.config().setTcpCork(false);
            }
        }
    }
}
