package hallows.miniature;

import hallows.runtime.Cores;
import hallows.runtime.Endpoint;
import hallows.runtime.Host;
import hallows.runtime.HostOptions;
import hallows.runtime.Outside;
import hallows.runtime.Report;
import hallows.runtime.World;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;

/// Clients of a real service, and a ledger of what they saw.
final class RealClients implements AutoCloseable {
    private static final int MEMORY_BYTES = 16 << 20;

    private final Ledger ledger;
    private final Host host;
    private final Outside<Load.Clients> clients;

    RealClients(World world, Endpoint service, Load load, Ledger ledger) {
        this.ledger = ledger;
        host =
                Host.start(
                        world,
                        HostOptions.shards(1)
                                .memory(MEMORY_BYTES, 1 << 16)
                                .reporting(report -> ledger.broken(report.toString())),
                        List.of(load.application(service, ledger, Cores.ALL, MEMORY_BYTES)));
        clients = host.outside(Load.Clients.class, new Report.ComponentId("load", "clients", 0));
    }

    /// Waits until it holds of the ledger; what the ledger complains of fails at once.
    void await(Predicate<Ledger> reached) throws InterruptedException, ExecutionException {
        while (!clients.call(_ -> checked(reached)).get()) {
            Thread.onSpinWait();
        }
    }

    private boolean checked(Predicate<Ledger> reached) {
        ledger.check();
        return reached.test(ledger);
    }

    @Override
    public void close() {
        if (!host.stop(10_000)) {
            throw new AssertionError("the clients do not end");
        }
        host.close();
        ledger.check();
    }
}
