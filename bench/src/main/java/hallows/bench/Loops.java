package hallows.bench;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.util.concurrent.TimeUnit;

/// Netty's loops, as its documents make them, but held to a processor.
final class Loops {
    private Loops() {}

    static EventLoopGroup one(int processor) {
        return new MultiThreadIoEventLoopGroup(
                1, Processor.threads(processor), EpollIoHandler.newFactory());
    }

    static void end(EventLoopGroup loops) {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
