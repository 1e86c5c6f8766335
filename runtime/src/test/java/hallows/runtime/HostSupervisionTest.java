package hallows.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class HostSupervisionTest {
    private final Workshop shop = new Workshop();
    private final ManualWorld world = shop.world;
    private final List<Report> reports = shop.reports;
    private final List<Workshop.Worker> workers = shop.workers;

    @Test
    void aFailedComponentIsReplacedAndWhatItStartedEndsWithIt() {
        shop.start(shop.application("a").on(Cores.shared(0)));
        Workshop.Worker first = workers.getFirst();
        Alarm alarm = first.seat.alarm(() -> first.rings++);
        alarm.setAfterMillis(1);
        Sleeper task = new Sleeper(first.seat, SchedulingClass.MESSAGING);
        task.wake();
        first.seat.fail(new IllegalStateException("planted"));
        world.pass(Workshop.SECOND);
        assertEquals(2, workers.size());
        assertEquals(0, first.rings);
        assertEquals(0, task.turns);
        assertTrue(first.closed);
        assertTrue(
                reports.getFirst() instanceof Report.ComponentFailed failed && failed.restarts());
    }

    @Test
    void aComponentThatFailsTooOftenStaysDownUntilTheHostEnds() {
        Supervisor strict = new Supervisor(2, 1000);
        shop.start(shop.application("a").on(Cores.shared(0)).supervised(strict));
        for (int i = 0; i < 3; i++) {
            workers.getLast().seat.fail(new IllegalStateException("planted " + i));
            world.settle();
        }
        assertEquals(3, workers.size());
        assertTrue(
                reports.getLast() instanceof Report.ComponentFailed failed && !failed.restarts());
    }

    @Test
    void failuresBeyondTheWindowAreForgotten() {
        shop.start(shop.application("a").on(Cores.shared(0)).supervised(new Supervisor(1, 1000)));
        for (int i = 0; i < 5; i++) {
            workers.getLast().seat.fail(new IllegalStateException("planted " + i));
            world.pass(2 * Workshop.SECOND);
        }
        assertEquals(6, workers.size());
    }

    @Test
    void aWindowMayBeAsLongAsANumberCanSay() {
        Supervisor strict = new Supervisor(1, Long.MAX_VALUE);
        shop.start(shop.application("a").on(Cores.shared(0)).supervised(strict));
        for (int i = 0; i < 3; i++) {
            workers.getLast().seat.fail(new IllegalStateException("planted " + i));
            world.pass(1000 * Workshop.SECOND);
        }
        assertEquals(2, workers.size());
    }

    @Test
    void everyWayIntoAComponentIsSupervised() {
        shop.start(shop.application("a").on(Cores.shared(0)).supervised(new Supervisor(100, 1000)));
        RuntimeException planted = new IllegalStateException("planted");
        Runnable fail =
                () -> {
                    throw planted;
                };
        workers.getLast().seat.alarm(fail).setAfterMillis(1);
        world.pass(Workshop.SECOND);
        new Sleeper(workers.getLast().seat, SchedulingClass.MESSAGING, fail).wake();
        world.settle();
        workers.getLast().seat.away(() -> 1).then(_ -> fail.run());
        world.settle();
        workers.getLast()
                .seat
                .away(() -> {
                    throw planted;
                });
        world.settle();
        assertTrue(workers.getLast().seat.offerUnowned(fail));
        world.settle();
        assertEquals(5, reports.size());
        assertEquals(6, workers.size());
    }

    @Test
    void aBrokenInvariantStopsItsShardAndOthersGoOn() {
        shop.start(shop.application("a"));
        Workshop.Worker broken =
                workers.stream().filter(w -> w.seat.shard() == 0).findFirst().orElseThrow();
        new Sleeper(broken.seat, SchedulingClass.MESSAGING, () -> Check.that(false, "planted"))
                .wake();
        world.settle();
        assertTrue(reports.getFirst() instanceof Report.ShardStopped(int shard, _) && shard == 0);
        assertTrue(broken.closed);
        Workshop.Worker other =
                workers.stream().filter(w -> w.seat.shard() == 1).findFirst().orElseThrow();
        other.seat.alarm(() -> other.rings++).setAfterMillis(1);
        world.pass(Workshop.SECOND);
        assertEquals(1, other.rings);
        assertEquals(2, workers.size(), "a stopped shard restarts nobody");
    }

    @Test
    void whoFailsWhileStoppingDoesNotHoldUpTheStop() {
        Host host = shop.start(shop.application("a"));
        workers.getFirst().lingers = true;
        host.requestStop(1000);
        world.settle();
        workers.getFirst().seat.fail(new IllegalStateException("planted"));
        world.settle();
        assertTrue(host.hasEnded());
    }
}
