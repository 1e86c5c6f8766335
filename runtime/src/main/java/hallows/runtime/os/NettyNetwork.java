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
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/// The sockets of one transport. Any thread.
final class NettyNetwork implements Network {
    // One link's share of a cycle: so many reads or writes, then it is another one's turn.
    private static final int WRITES_MAX = 4;
    private static final int READS_MAX = 4;

    private final Sockets sockets;
    private final BlockingThreads blocking;
    private final Tls tls;
    private final int connectTimeoutMillis;

    NettyNetwork(Sockets sockets, BlockingThreads blocking, int connectTimeoutMillis) {
        this.sockets = sockets;
        this.blocking = blocking;
        this.tls = new Tls(blocking::run, connectTimeoutMillis);
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
        Dial dial = new Dial(home, to, security, caller);
        InetSocketAddress literal = Addresses.literal(to);
        if (literal != null) {
            home.execute(() -> dial(dial, literal));
        } else {
            blocking.run(() -> resolve(dial));
        }
    }

    /// A wish to connect.
    private record Dial(NettyCore core, Endpoint to, Security security, Caller caller) {}

    private void resolve(Dial dial) {
        InetSocketAddress address = Addresses.resolved(dial.to());
        dial.core().execute(() -> dial(dial, address));
    }

    private void dial(Dial dial, InetSocketAddress address) {
        Channel channel = sockets.client().get();
        LinkPipe pipe = pipe(dial.core(), dial.security(), dial.caller());
        switch (dial.security()) {
            case Security.Plain _ -> hearOut(channel);
            case Security.Tls secured ->
                    channel.pipeline().addLast(tls.connecting(secured, dial.to()));
        }
        channel.pipeline().addLast(pipe);
        prepare(channel);
        settleIn(channel, dial.core());
        if (address.isUnresolved()) {
            pipe.refused(new UnknownHostException("nobody knows the host " + dial.to()));
            channel.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
            return;
        }
        channel.connect(address)
                .addListener(
                        (ChannelFutureListener)
                                connected -> {
                                    if (!connected.isSuccess()) {
                                        pipe.refused(connected.cause());
                                        channel.close()
                                                .addListener(
                                                        ChannelFutureListener
                                                                .FIRE_EXCEPTION_ON_FAILURE);
                                    }
                                });
    }

    private void accept(Channel channel, NettyCore core, Caller caller, Security security) {
        switch (security) {
            case Security.Plain _ -> hearOut(channel);
            case Security.Tls secured -> channel.pipeline().addLast(tls.accepting(secured));
        }
        channel.pipeline().addLast(pipe(core, security, caller));
        prepare(channel);
        settleIn(channel, core);
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
