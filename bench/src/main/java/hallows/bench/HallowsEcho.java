package hallows.bench;

import hallows.runtime.Application;
import hallows.runtime.Component;
import hallows.runtime.Endpoint;
import hallows.runtime.Host;
import hallows.runtime.HostOptions;
import hallows.runtime.Link;
import hallows.runtime.LinkEnd;
import hallows.runtime.LinkHandler;
import hallows.runtime.Listener;
import hallows.runtime.MemoryRegion;
import hallows.runtime.Seat;
import hallows.runtime.Security;
import hallows.runtime.os.OsOptions;
import hallows.runtime.os.OsWorld;
import hallows.runtime.os.Transport;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An echo through a shard: the region that was read into is the region that is sent.
final class HallowsEcho implements Echo {
    private static final int REGION_BYTES = 2048;
    private static final long MEMORY_BYTES = 16 << 20;

    private final OsWorld world = new OsWorld(OsOptions.standard().with(Transport.EPOLL));
    private final Listener listener = listen(world);
    private final Host host;

    HallowsEcho() {
        Application application =
                Application.named("echo")
                        .memory(MEMORY_BYTES)
                        .component("echo", seat -> new Service(seat, listener));
        host = Host.start(world, HostOptions.shards(1).pinnedToProcessors(), List.of(application));
    }

    private static Listener listen(OsWorld world) {
        return world.network().listen(new Endpoint("127.0.0.1", 0), Security.PLAIN).orThrow();
    }

    @Override
    public int port() {
        return listener.endpoint().port();
    }

    @Override
    public void close() {
        listener.close();
        Hosts.end(host, world);
    }

    /// Takes in the connections.
    private record Service(Seat seat, Listener listener) implements Component {
        @Override
        public void start() {
            seat.join(listener, link -> new Connection(seat, link));
        }
    }

    /// Sends back what comes.
    private static final class Connection implements LinkHandler {
        private final Seat seat;
        private final Link link;
        private @Nullable MemoryRegion filling;

        Connection(Seat seat, Link link) {
            this.seat = seat;
            this.link = link;
        }

        @Override
        public @Nullable ByteBuffer space() {
            if (filling == null) {
                filling = seat.buffers().allocate(REGION_BYTES);
            }
            return filling == null ? null : filling.buffer();
        }

        @Override
        public void received(int bytes) {
            MemoryRegion filled = filling;
            if (filled != null) {
                filling = null;
                link.write(filled.trim(bytes));
            }
        }

        @Override
        public void drained() {}

        @Override
        public void closed(LinkEnd end) {
            if (filling != null) {
                filling.release();
                filling = null;
            }
        }
    }
}
