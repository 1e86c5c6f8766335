package hallows.runtime.os;

import hallows.runtime.BlockingThreads;
import hallows.runtime.Clock;
import hallows.runtime.Core;
import hallows.runtime.CoreOptions;
import hallows.runtime.Dice;
import hallows.runtime.Disk;
import hallows.runtime.Network;
import hallows.runtime.World;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The real outside world of one process.
///
/// Cores and listeners made from it are ended before it is closed.
public final class OsWorld implements World, AutoCloseable {
    /// Jobs that wait for a blocking thread. Shards bound their own, kind by kind (`Lane`), to far
    /// fewer; who comes so far has forgotten that.
    private static final int JOBS_MAX = 1 << 16;

    /// Handshakes that wait for a thread: about what is through before their callers give up.
    private static final int HANDSHAKES_MAX = 1 << 12;

    private static final int HANDSHAKE_THREADS_MAX = 4;

    private final OsOptions options;
    private final Clock clock = new OsClock();
    private final Disk disk = new OsDisk();
    private final Transport transport;
    private final Sockets sockets;
    private final OsBlocking blocking;
    private final OsBlocking flushing;
    private final OsBlocking handshakes;
    private final Network network;

    /// Enters the world.
    ///
    /// @throws IllegalArgumentException when the host has no such transport
    public OsWorld(OsOptions options) {
        this.options = options;
        this.transport = options.transport().resolved();
        this.sockets = Sockets.of(transport);
        this.blocking = crew("blocking");
        // Apart from the others: everybody who wants his records kept waits for these.
        this.flushing = crew("flush");
        // Apart from the others: behind a disk that flushes slowly, handshakes would time out.
        this.handshakes =
                new OsBlocking(
                        new OsBlocking.Crew("handshake", handshakeThreads(), HANDSHAKES_MAX),
                        options.reports());
        int timeoutMillis = options.connectTimeoutMillis();
        Tls tls = new Tls(handshakes::run, timeoutMillis);
        this.network = new NettyNetwork(sockets, blocking, tls, timeoutMillis);
    }

    private OsBlocking crew(String name) {
        return new OsBlocking(
                new OsBlocking.Crew(name, options.blockingThreads(), JOBS_MAX), options.reports());
    }

    private static int handshakeThreads() {
        return Math.min(HANDSHAKE_THREADS_MAX, Runtime.getRuntime().availableProcessors());
    }

    /// How its sockets are waited for; never `AUTO`.
    public Transport transport() {
        return transport;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public Dice dice(String purpose) {
        return new OsDice();
    }

    @Override
    public Disk disk() {
        return disk;
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public BlockingThreads blocking() {
        return blocking;
    }

    @Override
    public BlockingThreads flushing() {
        return flushing;
    }

    @Override
    public Core core(CoreOptions wanted) {
        return new NettyCore(wanted, sockets, clock, options.reports());
    }

    @Override
    @SuppressWarnings("restricted")
    public MemorySegment reserve(long bytes, Arena arena) {
        if (!HostCalls.reserves()) {
            return arena.allocate(bytes, Long.BYTES);
        }
        return HostCalls.reserve(bytes)
                .reinterpret(bytes, arena, memory -> HostCalls.unreserve(memory, bytes));
    }

    /// Ends the blocking threads once their jobs are done.
    @Override
    public void close() {
        blocking.close();
        flushing.close();
        handshakes.close();
    }
}
