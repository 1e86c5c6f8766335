package hallows.runtime.os;

import hallows.runtime.CoreOptions;
import hallows.runtime.Endpoint;
import hallows.runtime.Fault;
import hallows.runtime.Link;
import hallows.runtime.LinkHandler;
import hallows.runtime.Network;
import hallows.runtime.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A real world with cores for one test, put away at its end.
final class Bench implements AutoCloseable {
    final Queue<Fault> refused = new ConcurrentLinkedQueue<>();
    final Queue<Throwable> crashed = new ConcurrentLinkedQueue<>();
    final OsWorld world;
    private final List<Chores> cores = new ArrayList<>();

    Bench(Transport transport) {
        world = new OsWorld(OsOptions.standard().with(transport).with(new Kept()));
    }

    /// The transports this host has.
    static Stream<Transport> transports() {
        return Stream.of(Transport.EPOLL, Transport.IO_URING, Transport.NIO)
                .filter(Transport::available);
    }

    Chores core() {
        return core(new CoreOptions(cores.size(), "test-core-" + cores.size(), -1, 20));
    }

    Chores core(CoreOptions options) {
        Chores chores = new Chores(world.core(options));
        cores.add(chores);
        return chores;
    }

    /// Connects and waits for the link, whose handler `handlers` makes.
    Link connect(
            Chores from, Endpoint to, Security security, Function<Link, LinkHandler> handlers) {
        CompletableFuture<Link> opened = new CompletableFuture<>();
        world.network()
                .connect(
                        from.core,
                        to,
                        security,
                        new Network.Caller() {
                            @Override
                            public LinkHandler welcome(Link link) {
                                opened.complete(link);
                                return handlers.apply(link);
                            }

                            @Override
                            public void unreachable(Fault fault) {
                                opened.completeExceptionally(
                                        new IllegalStateException(fault.toString()));
                            }
                        });
        return opened.orTimeout(Chores.SECONDS, TimeUnit.SECONDS).join();
    }

    /// Waits until it holds; the failure says what was awaited.
    static void await(String what, BooleanSupplier holds) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(Chores.SECONDS);
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - until > 0) {
                throw new AssertionError("not in time: " + what);
            }
            LockSupport.parkNanos(50_000);
        }
    }

    /// Ends the cores; all must end in time.
    @Override
    public void close() {
        for (Chores chores : cores) {
            if (!chores.stop()) {
                throw new AssertionError("a core does not end");
            }
        }
        world.close();
    }

    private final class Kept implements Reports {
        @Override
        public void refused(Fault fault) {
            refused.add(fault);
        }

        @Override
        public void crashed(String where, @Nullable Throwable cause) {
            crashed.add(cause == null ? new IllegalStateException(where) : cause);
        }
    }
}
