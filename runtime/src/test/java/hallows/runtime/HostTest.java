package hallows.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class HostTest {
    private static final long SECOND = 1_000_000_000;

    private final ManualWorld world = new ManualWorld();
    private final List<Report> reports = new ArrayList<>();
    private final List<Worker> workers = new ArrayList<>();
    private final HostOptions options =
            HostOptions.shards(2).memory(1 << 20, 1 << 16).reporting(reports::add);

    @Test
    void aComponentLivesOnceOnEachOfItsCores() {
        start(application("one").on(Cores.shared(1)), application("all"));
        assertEquals(List.of(0, 1, 1), workers.stream().map(w -> w.seat.shard()).sorted().toList());
        assertEquals(2, workers.stream().filter(w -> w.seat.shards().size() == 2).count());
    }

    @Test
    void whatApplicationsCannotAllHaveIsRefusedBeforeAnythingStarts() {
        assertRefused("core 7", application("far").on(Cores.shared(7)));
        assertRefused(
                "both want core 0", application("a").on(Cores.exclusive(0)), application("b"));
        assertRefused("two applications", application("a"), application("a"));
        SchedulingClass other = new SchedulingClass("messaging", 1, 1);
        assertRefused("rename one", application("a"), application("b").runningIn(other));
        assertRefused("memory", application("a").memory(1 << 21));
        assertEquals(List.of(), workers);
    }

    @Test
    void aComponentCannotRunInAClassItsApplicationHasNotDeclared() {
        start(application("a"), application("b").runningIn(SchedulingClass.DATABASE));
        Seat seat = workers.getFirst().seat;
        assertThrows(
                IllegalArgumentException.class, () -> new Sleeper(seat, SchedulingClass.DATABASE));
    }

    @Test
    void aFailedComponentIsReplacedAndWhatItStartedEndsWithIt() {
        start(application("a").on(Cores.shared(0)));
        Worker first = workers.getFirst();
        Alarm alarm = first.seat.alarm(() -> first.rings++);
        alarm.setAfterMillis(1);
        Sleeper task = new Sleeper(first.seat, SchedulingClass.MESSAGING);
        task.wake();
        first.seat.fail(new IllegalStateException("planted"));
        world.pass(SECOND);
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
        start(application("a").on(Cores.shared(0)).supervised(strict));
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
        start(application("a").on(Cores.shared(0)).supervised(new Supervisor(1, 1000)));
        for (int i = 0; i < 5; i++) {
            workers.getLast().seat.fail(new IllegalStateException("planted " + i));
            world.pass(2 * SECOND);
        }
        assertEquals(6, workers.size());
    }

    @Test
    void everyWayIntoAComponentIsSupervised() {
        start(application("a").on(Cores.shared(0)).supervised(new Supervisor(100, 1000)));
        RuntimeException planted = new IllegalStateException("planted");
        Runnable fail =
                () -> {
                    throw planted;
                };
        workers.getLast().seat.alarm(fail).setAfterMillis(1);
        world.pass(SECOND);
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
        start(application("a"));
        Worker broken = workers.stream().filter(w -> w.seat.shard() == 0).findFirst().orElseThrow();
        new Sleeper(broken.seat, SchedulingClass.MESSAGING, () -> Check.that(false, "planted"))
                .wake();
        world.settle();
        assertTrue(reports.getFirst() instanceof Report.ShardStopped(int shard, _) && shard == 0);
        assertTrue(broken.closed);
        Worker other = workers.stream().filter(w -> w.seat.shard() == 1).findFirst().orElseThrow();
        other.seat.alarm(() -> other.rings++).setAfterMillis(1);
        world.pass(SECOND);
        assertEquals(1, other.rings);
        assertEquals(2, workers.size(), "a stopped shard restarts nobody");
    }

    @Test
    void anOrderlyStopWaitsUntilAllHaveFinished() {
        Host host = start(application("a"));
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
        Host host = start(application("a"));
        workers.getFirst().lingers = true;
        host.requestStop(1000);
        world.settle();
        assertFalse(host.hasEnded());
        world.pass(2 * SECOND);
        assertTrue(host.hasEnded());
        assertTrue(reports.getFirst() instanceof Report.StopTimedOut);
        host.close();
    }

    @Test
    void whoFailsWhileStoppingDoesNotHoldUpTheStop() {
        Host host = start(application("a"));
        workers.getFirst().lingers = true;
        host.requestStop(1000);
        world.settle();
        workers.getFirst().seat.fail(new IllegalStateException("planted"));
        world.settle();
        assertTrue(host.hasEnded());
    }

    @Test
    void bytesThatWereNotGivenBackAreReportedAtTheEnd() {
        Host host = start(application("a").on(Cores.shared(0)));
        Seat seat = workers.getFirst().seat;
        seat.alarm(() -> seat.buffers().allocate(100)).set(world.nanos);
        world.pass(SECOND);
        assertTrue(host.stop(1000));
        host.close();
        assertTrue(
                reports.getFirst() instanceof Report.MemoryLeaked leaked
                        && leaked.leaks().regions() == 1);
    }

    @Test
    void errandsFromOutsideRunOnTheShardInTheirOrder() throws Exception {
        Host host = start(application("a"));
        Outside<Worker> outside = host.outside(Worker.class, worker(1));
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
        Host host = start(application("a"));
        Outside<Worker> outside = host.outside(Worker.class, worker(0));
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
        Host host = start(application("a").supervised(new Supervisor(0, 1)));
        Outside<Worker> outside = host.outside(Worker.class, worker(0));
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
        start(application("a"));
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
        start(application("a"));
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

    private void assertRefused(String because, Application... applications) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> start(applications));
        assertTrue(String.valueOf(refusal.getMessage()).contains(because), refusal.toString());
    }

    private Host start(Application... applications) {
        Host host = Host.start(world, options, List.of(applications));
        world.settle();
        return host;
    }

    private static Report.ComponentId worker(int shard) {
        return new Report.ComponentId("a", "worker", shard);
    }

    private Application application(String name) {
        return Application.named(name).memory(1 << 16).component("worker", Worker::new);
    }

    private static void send(Outside<Worker> outside) {
        try {
            assertFalse(outside.call(worker -> worker.rings).isCancelled());
        } catch (InterruptedException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    private final class Worker implements Component {
        private final Seat seat;
        private int rings;
        private boolean lingers;
        private boolean closed;
        private @Nullable Promise<Result.Done> leaving;

        Worker(Seat seat) {
            this.seat = seat;
            workers.add(this);
        }

        @Override
        public void start() {}

        @Override
        public void stop(Promise<Result.Done> done) {
            leaving = done;
            if (!lingers) {
                finish();
            }
        }

        private void finish() {
            if (leaving != null) {
                leaving.complete(Result.Done.DONE);
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static final class Sleeper extends Task {
        private final Runnable act;
        private int turns;

        Sleeper(Seat seat, SchedulingClass kind) {
            this(seat, kind, () -> {});
        }

        Sleeper(Seat seat, SchedulingClass kind, Runnable act) {
            super(seat, kind);
            this.act = act;
        }

        @Override
        protected boolean run(Slice slice) {
            turns++;
            act.run();
            return false;
        }
    }
}
