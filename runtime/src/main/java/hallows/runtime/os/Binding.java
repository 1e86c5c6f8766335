package hallows.runtime.os;

import hallows.runtime.Endpoint;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.ServerChannel;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/// Opens a port before any core has joined.
///
/// Netty binds only on a loop, so the calling thread drives one for a moment. The channel leaves it
/// bound, not accepting, and free to be taken by a core.
///
/// @param sockets of which transport
record Binding(Sockets sockets) {
    private static final int BACKLOG = 1024;

    /// Opens the port.
    Result<Channel> bind(Endpoint endpoint) {
        try {
            InetSocketAddress address = Addresses.resolved(endpoint);
            return address.isUnresolved()
                    ? Result.failed(Fault.Kind.UNREACHABLE, "nobody knows the host " + endpoint)
                    : bind(address);
        } catch (RuntimeException refused) {
            // No descriptor left for the socket or its poller, or a port that is none.
            return new Result.Failed<>(fault(endpoint, refused));
        }
    }

    private Result<Channel> bind(InetSocketAddress address) {
        ManualIoEventLoop loop = new ManualIoEventLoop(Thread.currentThread(), sockets.loops());
        try {
            return bind(loop, sockets.server().get(), address);
        } finally {
            drive(loop, loop.shutdownGracefully(0, 0, TimeUnit.NANOSECONDS));
        }
    }

    /// Closes a channel that no core has; io_uring closes on a loop, too.
    void release(Channel channel) {
        try {
            release(new ManualIoEventLoop(Thread.currentThread(), sockets.loops()), channel);
        } catch (RuntimeException noLoop) {
            // A loop needs descriptors of its own, and there may be none.
            channel.unsafe().closeForcibly();
        }
    }

    private static void release(ManualIoEventLoop loop, Channel channel) {
        try {
            drive(loop, register(loop, channel));
            drive(loop, channel.close());
        } finally {
            drive(loop, loop.shutdownGracefully(0, 0, TimeUnit.NANOSECONDS));
        }
    }

    private static Result<Channel> bind(
            ManualIoEventLoop loop, ServerChannel channel, InetSocketAddress address) {
        channel.config().setAutoRead(false);
        channel.config().setOption(ChannelOption.SO_REUSEADDR, true);
        channel.config().setOption(ChannelOption.SO_BACKLOG, BACKLOG);
        Future<?> registered = register(loop, channel);
        drive(loop, registered);
        Throwable unfit = registered.cause();
        if (unfit != null) {
            channel.unsafe().closeForcibly();
            return new Result.Failed<>(fault(Addresses.endpoint(address), unfit));
        }
        ChannelFuture bound = channel.bind(address);
        drive(loop, bound);
        Throwable cause = bound.cause();
        if (cause != null) {
            drive(loop, channel.close());
            return new Result.Failed<>(fault(Addresses.endpoint(address), cause));
        }
        drive(loop, channel.deregister());
        return new Result.Ok<>(channel);
    }

    private static Fault fault(Endpoint where, Throwable cause) {
        Fault.Kind kind = HostErrors.kind(cause);
        return new Fault(
                kind,
                kind == Fault.Kind.IN_USE
                        ? where + " is in use by another process or listener"
                        : where + ": " + cause.getMessage());
    }

    private static Future<?> register(EventLoop loop, Channel channel) {
        return loop.register(channel);
    }

    private static void drive(ManualIoEventLoop loop, Future<?> until) {
        while (!until.isDone()) {
            loop.runNow();
        }
    }
}
