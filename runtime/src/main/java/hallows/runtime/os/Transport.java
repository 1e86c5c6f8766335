package hallows.runtime.os;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.uring.IoUring;

/// How sockets are waited for.
public enum Transport {
    /// Epoll where it works, else the JDK's selector.
    AUTO,
    /// Linux epoll.
    EPOLL,
    /// Linux io_uring; Linux 5.19 or later.
    IO_URING,
    /// The JDK's selector, anywhere.
    NIO;

    /// Whether it works on this host.
    public boolean available() {
        return switch (this) {
            case AUTO, NIO -> true;
            case EPOLL -> Epoll.isAvailable();
            // An acceptor that moves between cores needs accepts without an address buffer of its
            // own.
            case IO_URING -> IoUring.isAvailable() && IoUring.isAcceptMultishotEnabled();
        };
    }

    /// What a core waits with when asked for this one.
    ///
    /// @throws IllegalArgumentException when it does not work on this host
    public Transport resolved() {
        if (!available()) {
            throw new IllegalArgumentException("transport " + this + " does not work on this host");
        }
        if (this != AUTO) {
            return this;
        }
        return EPOLL.available() ? EPOLL : NIO;
    }
}
