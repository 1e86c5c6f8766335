package hallows.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Shards that stop because an invariant broke, and what breaks while they do.
final class BreakdownTest {
    private final Workshop shop = new Workshop();
    private final ManualWorld world = shop.world;
    private final List<Throwable> uncaught = new ArrayList<>();

    BreakdownTest() {
        Thread.currentThread().setUncaughtExceptionHandler((_, thrown) -> uncaught.add(thrown));
    }

    @AfterEach
    void restoreTheHandler() {
        Thread.currentThread().setUncaughtExceptionHandler(null);
    }

    @Test
    void whoBreaksAgainWhileItsShardStopsKeepsNobodyFromEnding() throws Exception {
        Host host = shop.start(shop.application("a"), shop.application("b"));
        Workshop.Worker first = worker(0, 0);
        first.closing = () -> Check.that(false, "planted again");
        CompletableFuture<Integer> errand = errandFor(host, "a");
        breakShardOf(first);
        world.settle();
        assertEquals(2, shop.reports.size());
        assertTrue(shop.reports.stream().allMatch(Report.ShardStopped.class::isInstance));
        assertTrue(worker(0, 1).closed);
        assertTrue(errand.isCompletedExceptionally());
        host.requestStop(1000);
        world.settle();
        assertTrue(host.hasEnded(), "the host heard of it");
    }

    @Test
    void whatAReporterThrowsStopsNothing() {
        List<Report> heard = new ArrayList<>();
        IllegalStateException planted = new IllegalStateException("planted reporter");
        HostOptions options =
                HostOptions.shards(1)
                        .memory(1 << 20, 1 << 16)
                        .reporting(report -> {
                            heard.add(report);
                            throw planted;
                        });
        Host host = Host.start(world, options, List.of(shop.application("a")));
        world.settle();
        worker(0, 0).seat.fail(new IllegalStateException("planted"));
        world.settle();
        assertEquals(2, shop.workers.size(), "it was replaced");
        breakShardOf(shop.workers.getLast());
        world.settle();
        assertEquals(2, heard.size());
        assertEquals(List.of(planted, planted), uncaught);
        assertTrue(shop.workers.getLast().closed);
        assertTrue(host.stop(1000));
    }

    @Test
    void whoBreaksAtTheOrderlyEndIsReportedAndItsShardEnds() {
        Host host = shop.start(shop.application("a"), shop.application("b"));
        worker(0, 0).closing = () -> Check.that(false, "planted");
        host.requestStop(1000);
        world.settle();
        assertTrue(host.hasEnded());
        assertTrue(worker(0, 1).closed);
        assertEquals(1, shop.reports.size());
        assertTrue(shop.reports.getFirst() instanceof Report.ShardStopped);
        host.close();
    }

    @Test
    void whatBreaksAfterAllHaveEndedIsReportedToo() {
        Host host = shop.start(shop.application("a"));
        worker(0, 0).closing =
                () -> world.cores.getFirst().polling = () -> Check.that(false, "planted");
        host.requestStop(1000);
        world.settle();
        assertTrue(host.hasEnded());
        assertEquals(1, shop.reports.size());
    }

    @Test
    void brokenShardsSleepWhateverWaitedForItsTurn() {
        Office office = new Office();
        office.start(3, Supervisor.PATIENT);
        for (int shard = 1; shard < 3; shard++) {
            Office.Desk desk = office.desk(shard);
            desk.hearing =
                    _ -> {
                        new Sleeper(desk.seat, SchedulingClass.MESSAGING).wake();
                        Check.that(false, "planted");
                    };
            office.desk(0).ask(shard, 1);
        }
        office.world.settle();
        assertEquals(2, office.reports.size());
        List<ManualWorld.ManualCore> broken = office.world.cores.subList(1, 3);
        broken.forEach(core -> core.driven().fallAsleep());
        int wakes = broken.stream().mapToInt(core -> core.wakes).sum();
        broken.forEach(ManualWorld.ManualCore::step);
        assertEquals(wakes, broken.stream().mapToInt(core -> core.wakes).sum());
        assertTrue(broken.stream().allMatch(core -> core.driven().idle()));
    }

    @Test
    void aStuckShardKeepsNobodyElseFromEndingInTime() {
        Host host = shop.start(shop.application("a"));
        world.cores.getFirst().stuck = true;
        long before = world.nanos;
        assertFalse(host.stop(10_000));
        assertTrue(worker(1, 0).closed);
        assertTrue(world.nanos - before <= 12 * Workshop.SECOND, "the limit, and a little");
        assertThrows(BrokenInvariant.class, host::close);
        world.cores.getFirst().stuck = false;
        world.settle();
        assertTrue(host.hasEnded(), "it ends when it comes back");
        host.close();
    }

    private CompletableFuture<Integer> errandFor(Host host, String application) throws Exception {
        Report.ComponentId id = new Report.ComponentId(application, "worker", 0);
        return host.outside(Workshop.Worker.class, id).call(worker -> worker.rings);
    }

    private void breakShardOf(Workshop.Worker worker) {
        worker.seat.alarm(() -> Check.that(false, "planted")).set(world.nanos);
        world.nanos += Timers.TICK_NANOS;
    }

    /// The nth that came to a shard.
    private Workshop.Worker worker(int shard, int nth) {
        return shop.workers.stream()
                .filter(worker -> worker.seat.shard() == shard)
                .skip(nth)
                .findFirst()
                .orElseThrow();
    }
}
