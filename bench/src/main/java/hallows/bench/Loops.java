package hallows.bench;

import io.netty.channel.EventLoopGroup;
import java.util.concurrent.TimeUnit;

/// The end of Netty's loops.
final class Loops {
    private Loops() {}

    static void end(EventLoopGroup loops) {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
