package hallows.runtime.os;

import hallows.runtime.BlockingThreads;
import hallows.runtime.Core;
import hallows.runtime.Endpoint;
import hallows.runtime.Fault;
import hallows.runtime.Link;
import hallows.runtime.LinkHandler;
import hallows.runtime.Listener;
import hallows.runtime.Network;
import hallows.runtime.Reception;
import hallows.runtime.Result;
import hallows.runtime.Security;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/// The sockets of one transport. Any thread.
final class NettyNetwork implements Network {
    // One link's share of a cycle: so many reads or writes, then it is another one's turn.
    private static final int WRITES_MAX = 4;
    private static final int READS_MAX = 4;

    private final Sockets sockets;
    private final BlockingThreads blocking;
    private final Losses losses = new Losses();
    private final Tls tls;
    private final int connectTimeoutMillis;

    /// Sockets that look up names on `blocking` threads.
    NettyNetwork(Sockets sockets, BlockingThreads blocking, Tls tls, int connectTimeoutMillis) {
        this.sockets = sockets;
        this.blocking = blocking;
        this.tls = tls;
        this.connectTimeoutMillis = connectTimeoutMillis;
    }

    @Override
    public Result<Listener> listen(Endpoint endpoint, Security security) {
        Binding binding = new Binding(sockets);
        return switch (binding.bind(endpoint)) {
            case Result.Failed<Channel>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<Channel>(Channel bound) ->
                    new Result.Ok<>(
                            new NettyListener(
                                    bound,
                                    binding,
                                    (channel, core, reception) ->
                                            accept(channel, core, new Guest(reception), security)));
        };
    }

    @Override
    public void connect(Core core, Endpoint to, Security security, Caller caller) {
        NettyCore home = (NettyCore) core;
        Dial dial = new Dial(home, to, security, pipe(home, security, caller));
        if (Addresses.isLiteral(to)) {
            home.execute(() -> dial(dial));
        } else {
            lookUp(dial);
        }
    }

    /// A wish to connect; its pipe tells the caller what has come of it, once.
    private record Dial(NettyCore core, Endpoint to, Security security, LinkPipe pipe) {}

    private void lookUp(Dial dial) {
        try {
            blocking.run(() -> resolve(dial));
        } catch (RejectedExecutionException busy) {
            dial.core().execute(() -> dial.pipe().refused(busy));
        }
    }

    private void resolve(Dial dial) {
        Runnable next;
        try {
            InetSocketAddress address = Addresses.resolved(dial.to());
            next = () -> dial(dial, address);
        } catch (RuntimeException refused) {
            next = () -> dial.pipe().refused(refused);
        }
        try {
            dial.core().execute(next);
        } catch (RejectedExecutionException ended) {
            // The core has ended, and with it whoever wanted the link.
        }
    }

    private void dial(Dial dial) {
        try {
            dial(dial, Addresses.resolved(dial.to()));
        } catch (RuntimeException refused) {
            dial.pipe().refused(refused);
        }
    }

    private void dial(Dial dial, InetSocketAddress address) {
        if (address.isUnresolved()) {
            dial.pipe().refused(new UnknownHostException("nobody knows the host " + dial.to()));
            return;
        }
        try {
            connect(dial, address);
        } catch (RuntimeException | Error refused) {
            // No descriptor left, or a security that makes no engine: the loop would log and forget
            // it, and nobody would ever answer the caller.
            dial.pipe().refused(refused);
        }
    }

    private void connect(Dial dial, InetSocketAddress address) {
        Channel channel = sockets.client().get();
        equip(
                channel,
                dial.pipe(),
                dial.security(),
                security -> tls.connecting(security, dial.to()));
        settleIn(channel, dial.core());
        channel.connect(address)
                .addListener(
                        (ChannelFutureListener)
                                connected -> {
                                    if (!connected.isSuccess()) {
                                        dial.pipe().refused(connected.cause());
                                        channel.close()
                                                .addListener(
                                                        ChannelFutureListener
                                                                .FIRE_EXCEPTION_ON_FAILURE);
                                    }
                                });
    }

    private void accept(Channel channel, NettyCore core, Caller caller, Security security) {
        equip(channel, pipe(core, security, caller), security, tls::accepting);
        settleIn(channel, core);
    }

    /// Gives a channel what it needs; one that cannot have it is closed.
    private void equip(
            Channel channel,
            LinkPipe pipe,
            Security security,
            Function<Security.Tls, ChannelHandler> handlers) {
        try {
            switch (security) {
                case Security.Plain _ -> hearOut(channel);
                case Security.Tls secured ->
                        channel.pipeline().addLast(losses, handlers.apply(secured));
            }
            channel.pipeline().addLast(pipe);
            prepare(channel);
        } catch (RuntimeException | Error unfit) {
            channel.unsafe().closeForcibly();
            throw unfit;
        }
    }

    /// A peer that is done with sending may still be listening.
    private static void hearOut(Channel channel) {
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    }

    private LinkPipe pipe(NettyCore core, Security security, Caller caller) {
        return new LinkPipe(
                new LinkPipe.Birth(core, sockets, security instanceof Security.Tls, caller));
    }

    private void prepare(Channel channel) {
        channel.config().setOption(ChannelOption.TCP_NODELAY, true);
        // A peer whose host has died says nothing: the kernel finds out.
        channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
        channel.config().setConnectTimeoutMillis(connectTimeoutMillis);
        channel.config().setWriteSpinCount(WRITES_MAX);
        if (channel.config().getRecvByteBufAllocator()
                instanceof DefaultMaxMessagesRecvByteBufAllocator reads) {
            reads.maxMessagesPerRead(READS_MAX);
        }
    }

    /// From now on the channel lives on `core` and counts there.
    private static void settleIn(Channel channel, NettyCore core) {
        core.load().incrementAndGet();
        channel.closeFuture().addListener(closed -> core.load().decrementAndGet());
        core.loop().register(channel).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    /// Somebody who connected to us: when it fails, there is nobody to tell.
    private record Guest(Reception reception) implements Caller {
        @Override
        public LinkHandler welcome(Link link) {
            return reception.welcome(link);
        }

        @Override
        public void unreachable(Fault fault) {}
    }
}
