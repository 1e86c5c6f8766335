package hallows.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/// The edges of an orderly stop, and of errands that come around it.
final class FarewellTest {
    private static final long SECOND = 1_000_000_000;

    private final ManualWorld world = new ManualWorld();
    private final List<Report> reports = new ArrayList<>();
    private final List<Guest> guests = new ArrayList<>();
    private Supervisor supervisor = Supervisor.PATIENT;

    @Test
    void aHostWithNothingOnItEndsAtOnce() {
        Host host = Host.start(world, options(), List.of());
        assertTrue(host.stop(1));
        host.close();
        assertEquals(List.of(), reports);
    }

    @Test
    void whoAskedForNoMemoryHasNone() throws Exception {
        CompletableFuture<Boolean> none =
                outside(start()).call(guest -> guest.seat.buffers().allocate(1) == null);
        world.settle();
        assertTrue(none.get());
    }

    @Test
    void aHostThatRunsCannotBeClosed() {
        Host host = start();
        assertThrows(BrokenInvariant.class, host::close);
    }

    @Test
    void whoIsDownAlreadyIsNotWaitedFor() {
        supervisor = new Supervisor(0, 1);
        Host host = start();
        fail(guests.getFirst());
        assertTrue(host.stop(1000));
        assertEquals(0, guests.getFirst().goodbyes.size());
    }

    @Test
    void whoIsToReturnWhenTheStopComesDoesNot() {
        Host host = start();
        guests.getFirst().seat.fail(new IllegalStateException("planted"));
        host.requestStop(1000);
        guests.getLast().finish();
        world.settle();
        assertTrue(guests.size() <= 3);
        guests.forEach(Guest::finish);
        world.settle();
        assertTrue(host.hasEnded());
    }

    @Test
    void whoThrowsWhenAskedHasFailedAndIsNotWaitedFor() {
        Host host = start();
        guests.getFirst().throwsWhenAsked = true;
        host.requestStop(1000);
        world.settle();
        guests.getLast().finish();
        world.settle();
        assertTrue(host.hasEnded());
        assertTrue(
                reports.getFirst() instanceof Report.ComponentFailed failed && !failed.restarts());
    }

    @Test
    void whoFinishesAfterTheDeadlineIsReportedOnce() {
        Host host = start();
        host.requestStop(1000);
        world.settle();
        world.nanos += 2 * SECOND;
        world.cores.getFirst().step();
        guests.getFirst().finish();
        guests.getLast().finish();
        world.settle();
        assertTrue(host.hasEnded());
        assertEquals(1, reports.stream().filter(Report.StopTimedOut.class::isInstance).count());
    }

    @Test
    void aSecondRequestMayBeShorterThanTheFirst() {
        Host host = start();
        host.requestStop(60_000);
        world.settle();
        host.requestStop(1000);
        world.settle();
        assertFalse(host.hasEnded());
        world.pass(2 * SECOND);
        assertTrue(host.hasEnded());
    }

    @Test
    void whoIsToStopIsAskedOnceAndHasTheShorterTime() {
        Host host = start();
        host.requestStop(1000);
        host.requestStop(60_000);
        world.settle();
        guests.forEach(guest -> assertEquals(1, guest.goodbyes.size()));
        world.pass(2 * SECOND);
        assertTrue(host.hasEnded());
        assertEquals(2, reports.size());
    }

    @Test
    void aLimitMayBeAsLongAsANumberCanSay() {
        Host host = start();
        host.requestStop(Long.MAX_VALUE);
        world.pass(1000 * SECOND);
        assertFalse(host.hasEnded());
        assertEquals(List.of(), reports);
        guests.forEach(Guest::finish);
        assertTrue(host.stop(Long.MAX_VALUE));
        assertTrue(world.cores.stream().allMatch(core -> core.limitMillis >= 0));
    }

    @Test
    void errandsWaitForTheNextComponentAndKeepTheirOrder() throws Exception {
        Host host = start();
        Outside<Guest> outside = outside(host);
        guests.getFirst().seat.fail(new IllegalStateException("planted"));
        List<Integer> order = new ArrayList<>();
        CompletableFuture<Boolean> first = outside.call(_ -> order.add(1));
        CompletableFuture<Boolean> second = outside.call(_ -> order.add(2));
        world.settle();
        assertTrue(first.isDone() && second.isDone());
        assertEquals(List.of(1, 2), order);
    }

    @Test
    void anErrandThatBreaksAnInvariantStopsTheShardAndItsSenderIsTold() throws Exception {
        Outside<Guest> outside = outside(start());
        CompletableFuture<Integer> broken =
                outside.call(_ -> {
                    throw new BrokenInvariant("planted");
                });
        CompletableFuture<Integer> behind = outside.call(_ -> 1);
        world.settle();
        CompletionException cause = assertThrows(CompletionException.class, broken::join);
        assertTrue(cause.getCause() instanceof BrokenInvariant);
        assertThrows(CompletionException.class, behind::join);
        assertTrue(reports.getFirst() instanceof Report.ShardStopped(int shard, _) && shard == 0);
    }

    @Test
    void errandsAfterTheEndFailWhenTheHostIsClosed() throws Exception {
        Host host = start();
        Outside<Guest> outside = outside(host);
        host.requestStop(1000);
        world.settle();
        guests.forEach(Guest::finish);
        world.settle();
        CompletableFuture<Integer> late = outside.call(_ -> 1);
        host.close();
        assertThrows(CompletionException.class, late::join);
    }

    private static Outside<Guest> outside(Host host) {
        return host.outside(Guest.class, new Report.ComponentId("a", "guest", 0));
    }

    private void fail(Guest guest) {
        guest.seat.fail(new IllegalStateException("planted"));
        guests.getLast().finishesAtOnce = true;
        world.settle();
    }

    private HostOptions options() {
        return HostOptions.shards(2).memory(1 << 16, 1 << 16).reporting(reports::add);
    }

    private Host start() {
        Application application =
                Application.named("a").supervised(supervisor).component("guest", Guest::new);
        Host host = Host.start(world, options(), List.of(application));
        world.settle();
        return host;
    }

    /// Says when it has finished only when the test says so.
    private final class Guest implements Component {
        private final Seat seat;
        private final List<Promise<Result.Done>> goodbyes = new ArrayList<>();
        private boolean throwsWhenAsked;
        private boolean finishesAtOnce;

        Guest(Seat seat) {
            this.seat = seat;
            guests.add(this);
        }

        @Override
        public void start() {}

        @Override
        public void stop(Promise<Result.Done> done) {
            if (throwsWhenAsked) {
                throw new IllegalStateException("planted");
            }
            goodbyes.add(done);
            if (finishesAtOnce) {
                finish();
            }
        }

        private void finish() {
            goodbyes.forEach(done -> done.complete(Result.Done.DONE));
            goodbyes.clear();
        }
    }
}
