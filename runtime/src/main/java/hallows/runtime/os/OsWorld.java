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
    private final OsOptions options;
    private final Clock clock = new OsClock();
    private final Disk disk = new OsDisk();
    private final Transport transport;
    private final Sockets sockets;
    private final OsBlocking blocking;
    private final Network network;

    /// Enters the world.
    ///
    /// @throws IllegalArgumentException when the host has no such transport
    public OsWorld(OsOptions options) {
        this.options = options;
        this.transport = options.transport().resolved();
        this.sockets = Sockets.of(transport);
        this.blocking = new OsBlocking(options.blockingThreads(), options.reports());
        this.network = new NettyNetwork(sockets, blocking, options.connectTimeoutMillis());
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
    }
}
