package hallows.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class HostTest {
    private final Workshop shop = new Workshop();
    private final ManualWorld world = shop.world;
    private final List<Report> reports = shop.reports;
    private final List<Workshop.Worker> workers = shop.workers;

    @Test
    void aComponentLivesOnceOnEachOfItsCores() {
        shop.start(shop.application("one").on(Cores.shared(1)), shop.application("all"));
        assertEquals(List.of(0, 1, 1), workers.stream().map(w -> w.seat.shard()).sorted().toList());
        assertEquals(2, workers.stream().filter(w -> w.seat.shards().size() == 2).count());
    }

    @Test
    void whatApplicationsCannotAllHaveIsRefusedBeforeAnythingStarts() {
        assertRefused("core 7", shop.application("far").on(Cores.shared(7)));
        assertRefused(
                "both want core 0",
                shop.application("a").on(Cores.exclusive(0)),
                shop.application("b"));
        assertRefused("two applications", shop.application("a"), shop.application("a"));
        SchedulingClass other = new SchedulingClass("messaging", 1, 1);
        assertRefused("rename one", shop.application("a"), shop.application("b").runningIn(other));
        assertRefused("memory", shop.application("a").memory(1 << 21));
        assertEquals(List.of(), workers);
    }

    @Test
    void whatIsRefusedCostsNothing() {
        assertRefused("memory", shop.application("a").memory(1 << 21));
        assertEquals(List.of(), world.cores);
        world.coresMax = 1;
        assertThrows(IllegalStateException.class, () -> shop.start(shop.application("a")));
        assertTrue(world.cores.getFirst().driven().ended(), "a core ends with its drive");
        assertTrue(world.reserved.stream().noneMatch(memory -> memory.scope().isAlive()));
        assertEquals(List.of(), workers);
    }

    @Test
    void aHostHasEndedWhenItsThreadsHave() {
        Host host = shop.start(shop.application("a"));
        world.cores.getLast().threadLives = true;
        assertFalse(host.stop(1000));
        assertFalse(host.hasEnded());
        assertThrows(BrokenInvariant.class, host::close);
        world.cores.getLast().threadLives = false;
        host.close();
    }

    @Test
    void eachApplicationHasItsOwnEndsOfAChannel() {
        Channel<Message> one =
                new Channel<>("notes", SchedulingClass.MESSAGING, 2, () -> new Message() {});
        Channel<Message> alike = new Channel<>("notes", SchedulingClass.MESSAGING, 2, one.maker());
        shop.start(shop.application("a").with(one), shop.application("b").with(one));
        Idle idle = new Idle();
        Port<Message> first = workers.get(0).seat.port(one, idle);
        Port<Message> second = workers.get(1).seat.port(one, idle);
        assertNotSame(first, second);
        IllegalArgumentException refusal =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> workers.getFirst().seat.port(alike, idle));
        assertEquals(
                "application a has not declared channel notes: Application.with",
                refusal.getMessage());
    }

    @Test
    void theShardsOfAnApplicationAreAFixedList() {
        shop.start(shop.application("a"));
        Seat seat = workers.getFirst().seat;
        assertSame(seat.shards(), seat.shards());
    }

    @Test
    void whatRunsInPlaceIsOnNoClassesAccount() {
        Host host = shop.start(shop.application("a").on(Cores.shared(0)));
        Seat seat = workers.getFirst().seat;
        Sleeper task = new Sleeper(seat, SchedulingClass.MESSAGING);
        seat.alarm(
                        () -> {
                            task.wake();
                            world.nanos += Workshop.SECOND;
                        })
                .set(world.nanos);
        world.pass(Timers.TICK_NANOS);
        assertEquals(1, task.turns);
        assertEquals(0, host.classReports().stream().mapToLong(r -> r.counters().runNanos()).sum());
        assertEquals(Workshop.SECOND, host.inPlace(0).runNanos());
        assertEquals(Workshop.SECOND, host.inPlace(0).longestStallNanos());
    }

    @Test
    void aComponentCannotRunInAClassItsApplicationHasNotDeclared() {
        shop.start(
                shop.application("a"), shop.application("b").runningIn(SchedulingClass.DATABASE));
        Seat seat = workers.getFirst().seat;
        assertThrows(
                IllegalArgumentException.class, () -> new Sleeper(seat, SchedulingClass.DATABASE));
    }

    @Test
    void anOrderlyStopWaitsUntilAllHaveFinished() {
        Host host = shop.start(shop.application("a"));
        workers.forEach(worker -> worker.lingers = true);
        host.requestStop(1000);
        world.settle();
        assertFalse(host.hasEnded());
        workers.getFirst().finish();
        world.settle();
        assertFalse(host.hasEnded(), "the other may still be asked");
        workers.getLast().finish();
        world.settle();
        assertTrue(host.hasEnded());
        host.close();
        assertEquals(List.of(), reports);
        assertTrue(workers.stream().allMatch(worker -> worker.closed));
    }

    @Test
    void whoDoesNotFinishInTimeIsReportedAndEnded() {
        Host host = shop.start(shop.application("a"));
        workers.getFirst().lingers = true;
        host.requestStop(1000);
        world.settle();
        assertFalse(host.hasEnded());
        world.pass(2 * Workshop.SECOND);
        assertTrue(host.hasEnded());
        assertTrue(reports.getFirst() instanceof Report.StopTimedOut);
        host.close();
    }

    @Test
    void bytesThatWereNotGivenBackAreReportedAtTheEnd() {
        Host host = shop.start(shop.application("a").on(Cores.shared(0)));
        Seat seat = workers.getFirst().seat;
        seat.alarm(() -> seat.buffers().allocate(100)).set(world.nanos);
        world.pass(Workshop.SECOND);
        assertTrue(host.stop(1000));
        host.close();
        assertTrue(
                reports.getFirst() instanceof Report.MemoryLeaked leaked
                        && leaked.leaks().regions() == 1);
    }

    @Test
    void errandsFromOutsideRunOnTheShardInTheirOrder() throws Exception {
        Host host = shop.start(shop.application("a"));
        Outside<Workshop.Worker> outside = host.outside(Workshop.Worker.class, Workshop.worker(1));
        List<Integer> order = new ArrayList<>();
        CompletableFuture<Integer> where = outside.call(worker -> worker.seat.shard());
        for (int i = 0; i < 5; i++) {
            int number = i;
            assertFalse(outside.call(_ -> order.add(number)).isDone());
        }
        CompletableFuture<Object> failing =
                outside.call(_ -> {
                    throw new IllegalStateException("planted");
                });
        world.settle();
        assertEquals(1, where.get());
        assertEquals(List.of(0, 1, 2, 3, 4), order);
        assertThrows(ExecutionException.class, failing::get);
        assertEquals(List.of(), reports, "an errand's failure is its sender's");
    }

    @Test
    void aFullInboxBlocksWhoeverIsOutside() throws Exception {
        Host host = shop.start(shop.application("a"));
        Outside<Workshop.Worker> outside = host.outside(Workshop.Worker.class, Workshop.worker(0));
        int more = HostOptions.INBOX_CAPACITY + 10;
        AtomicInteger sent = new AtomicInteger();
        Thread sender =
                Thread.ofPlatform()
                        .start(() -> {
                            for (int i = 0; i < more; i++) {
                                send(outside);
                                sent.incrementAndGet();
                            }
                        });
        while (sender.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertEquals(HostOptions.INBOX_CAPACITY, sent.get());
        while (sender.isAlive()) {
            world.settle();
        }
        world.settle();
        assertEquals(more, sent.get());
    }

    @Test
    void errandsForSomebodyWhoHasStoppedFail() throws Exception {
        Host host = shop.start(shop.application("a").supervised(new Supervisor(0, 1)));
        Outside<Workshop.Worker> outside = host.outside(Workshop.Worker.class, Workshop.worker(0));
        workers.stream()
                .filter(w -> w.seat.shard() == 0)
                .forEach(w -> w.seat.fail(new IllegalStateException("planted")));
        world.settle();
        CompletableFuture<Integer> answer = outside.call(worker -> worker.rings);
        world.settle();
        assertThrows(CompletionException.class, answer::join);
    }

    @Test
    void unownedWorkIsDoneByWhoeverIsThere() {
        shop.start(shop.application("a"));
        AtomicInteger done = new AtomicInteger();
        Seat seat = workers.getFirst().seat;
        int offered = 0;
        while (seat.offerUnowned(done::incrementAndGet)) {
            offered++;
        }
        assertEquals(HostOptions.UNOWNED_CAPACITY, offered);
        world.settle();
        assertEquals(offered, done.get());
    }

    @Test
    void aPromiseIsKeptOnceAndAtHome() {
        shop.start(shop.application("a"));
        Seat seat = workers.getFirst().seat;
        Promise<Integer> promise = seat.promise();
        List<Integer> kept = new ArrayList<>();
        promise.complete(5);
        assertFalse(promise.isKept(), "this is not its shard");
        promise.then(kept::add);
        world.settle();
        assertEquals(List.of(5), kept);
        assertThrows(BrokenInvariant.class, () -> promise.complete(6));
        assertThrows(BrokenInvariant.class, () -> promise.then(kept::add));
    }

    private static final class Idle implements Exchange<Message> {
        @Override
        public void received(Message message) {}

        @Override
        public void answered(Message message) {}
    }

    private void assertRefused(String because, Application... applications) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> shop.start(applications));
        assertTrue(String.valueOf(refusal.getMessage()).contains(because), refusal.toString());
    }

    private static void send(Outside<Workshop.Worker> outside) {
        try {
            assertFalse(outside.call(worker -> worker.rings).isCancelled());
        } catch (InterruptedException unexpected) {
            throw new AssertionError(unexpected);
        }
    }
}
