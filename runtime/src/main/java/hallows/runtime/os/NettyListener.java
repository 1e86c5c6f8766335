package hallows.runtime.os;

import hallows.runtime.Core;
import hallows.runtime.Endpoint;
import hallows.runtime.Listener;
import hallows.runtime.Reception;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A port. Its acceptor lives on one of the cores that have joined and moves when that one leaves;
/// with none it rests, and connections wait in the host's backlog.
///
/// Joining and leaving take a lock, handing on a connection takes none: the acceptor reads an
/// immutable list.
final class NettyListener implements Listener {
    /// Takes an accepted channel to its core.
    interface Handover {
        void accept(Channel channel, NettyCore core, Reception reception);
    }

    private static final int BREATH_MILLIS = 100;

    private final Channel channel;
    private final Binding binding;
    private final Handover handover;
    private final Endpoint endpoint;
    private volatile List<Rota.Berth> berths = List.of();
    private @Nullable NettyCore host;
    private boolean moving;
    private boolean closed;

    NettyListener(Channel bound, Binding binding, Handover handover) {
        this.channel = bound;
        this.binding = binding;
        this.handover = handover;
        this.endpoint = Addresses.endpoint(bound.localAddress());
        bound.pipeline().addLast(new Acceptor());
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public synchronized void join(Core core, Reception reception) {
        NettyCore joining = (NettyCore) core;
        List<Rota.Berth> more = without(joining);
        more.add(new Rota.Berth(joining, reception));
        berths = List.copyOf(more);
        joining.farewells().put(this, () -> leave(joining));
        place();
    }

    @Override
    public synchronized void leave(Core core) {
        berths = List.copyOf(without(core));
        if (host == core) {
            depart((NettyCore) core);
        } else {
            ((NettyCore) core).farewells().remove(this);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        List<Rota.Berth> last = berths;
        berths = List.of();
        NettyCore hosting = host;
        last.forEach(berth -> berth.core().farewells().remove(this));
        if (hosting != null) {
            hosting.execute(() -> channel.unsafe().close(channel.voidPromise()));
        } else if (!moving) {
            binding.release(channel);
        }
    }

    private List<Rota.Berth> without(Core core) {
        List<Rota.Berth> others = new ArrayList<>(berths);
        others.removeIf(berth -> berth.core() == core);
        return others;
    }

    /// Gives a resting acceptor a core to live on.
    private void place() {
        List<Rota.Berth> joined = berths;
        if (host != null || moving || closed || joined.isEmpty()) {
            return;
        }
        NettyCore next = joined.getFirst().core();
        host = next;
        next.execute(() -> settleIn(next));
    }

    private void settleIn(NettyCore core) {
        core.loop()
                .register(channel)
                .addListener(settled -> channel.config().setAutoRead(settled.isSuccess()));
    }

    private void depart(NettyCore from) {
        host = null;
        moving = true;
        from.execute(() -> letGo(from));
    }

    /// Netty leaves the loop in a task. It must come before the answers of the poller: a ring that
    /// has answered the end of the accepting is waited for without end.
    private void letGo(NettyCore from) {
        channel.config().setAutoRead(false);
        channel.deregister().addListener(gone -> departed(from));
        from.runTasks();
    }

    private synchronized void departed(NettyCore from) {
        moving = false;
        from.farewells().remove(this);
        if (closed) {
            binding.release(channel);
        } else {
            place();
        }
    }

    /// Hands each connection to the least loaded core; among equals each has its turn.
    private final class Acceptor extends ChannelInboundHandlerAdapter {
        private final Rota rota = new Rota(0);

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            Channel accepted = (Channel) message;
            Rota.Berth berth = rota.leastLoaded(berths);
            if (berth == null) {
                accepted.unsafe().closeForcibly();
            } else {
                handover.accept(accepted, berth.core(), berth.reception());
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // Usually too many open files. The backlog holds the others while we take a breath.
            channel.config().setAutoRead(false);
            var _ =
                    context.executor()
                            .schedule(
                                    () -> channel.config().setAutoRead(true),
                                    BREATH_MILLIS,
                                    TimeUnit.MILLISECONDS);
        }
    }
}
