package hallows.runtime.os;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// The classes that belong to one transport.
///
/// @param loops makes what a loop waits with
/// @param client makes a socket to connect with
/// @param server makes a socket to listen with
/// @param readsInPlace whether a read fills the reader's own memory; io_uring posts reads ahead, so
///   the kernel could write into memory that the reader has given away
/// @param forgets whether a socket that is neither read nor written is forgotten, so that it must
///   be registered anew (Netty takes it out of epoll and later changes what is not there)
/// @param reset whether the peer has reset a connection that is not being read
record Sockets(
        IoHandlerFactory loops,
        Supplier<Channel> client,
        Supplier<ServerChannel> server,
        boolean readsInPlace,
        boolean forgets,
        Predicate<Channel> reset) {
    private static final int TCP_CLOSE = 7;

    /// Those of `transport`, which must have been resolved.
    static Sockets of(Transport transport) {
        return switch (transport) {
            case EPOLL ->
                    new Sockets(
                            EpollIoHandler.newFactory(),
                            EpollSocketChannel::new,
                            EpollServerSocketChannel::new,
                            true,
                            true,
                            Sockets::epollReset);
            case IO_URING ->
                    new Sockets(
                            IoUringIoHandler.newFactory(),
                            IoUringSocketChannel::new,
                            IoUringServerSocketChannel::new,
                            false,
                            false,
                            channel -> false);
            case NIO ->
                    new Sockets(
                            NioIoHandler.newFactory(),
                            NioSocketChannel::new,
                            NioServerSocketChannel::new,
                            true,
                            false,
                            channel -> false);
            case AUTO -> of(transport.resolved());
        };
    }

    /// Epoll tells of a reset again and again, read or not; only a reader takes it away.
    private static boolean epollReset(Channel channel) {
        try {
            return channel instanceof EpollSocketChannel socket
                    && socket.tcpInfo().state() == TCP_CLOSE;
        } catch (ChannelException closed) {
            return true;
        }
    }
}
