package hallows.runtime.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.TrialClock;
import hallows.simulation.Property;
import hallows.simulation.SeededDice;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdaptiveLimiterPropertyTest {
    /// A service of so many workers, each busy with a piece of work for as long.
    private record Service(int workers, long workNanos) {
        static Service any(SeededDice dice) {
            return new Service((int) dice.between(1, 60), dice.between(100, 5_000));
        }
    }

    /// Work under way.
    private record Work(long beganNanos, long endsNanos) {}

    /// Somebody who always has more work than the limiter lets through.
    private static final class Flood {
        private final TrialClock clock;
        private final AdaptiveLimiter limiter;
        private final Deque<Work> underWay = new ArrayDeque<>();
        private final Deque<Long> workersFree = new ArrayDeque<>();
        private long late;
        private long finished;

        Flood(TrialClock clock, AdaptiveLimiter limiter) {
            this.clock = clock;
            this.limiter = limiter;
        }

        // Equal work on a queue in order: whoever began first ends first.
        void against(Service service, int pieces, long goalNanos) {
            late = 0;
            finished = 0;
            workersFree.clear();
            for (int i = 0; i < service.workers(); i++) {
                workersFree.add(clock.nanos());
            }
            while (finished < pieces) {
                while (limiter.tryTake(1)) {
                    begin(service);
                }
                end(goalNanos);
            }
        }

        private void begin(Service service) {
            long nowNanos = clock.nanos();
            long freeNanos = workersFree.remove();
            long startNanos = freeNanos - nowNanos > 0 ? freeNanos : nowNanos;
            long endsNanos = startNanos + service.workNanos();
            workersFree.add(endsNanos);
            underWay.add(new Work(nowNanos, endsNanos));
        }

        private void end(long goalNanos) {
            Work work = underWay.remove();
            clock.advance(Math.max(0, work.endsNanos() - clock.nanos()));
            long latencyNanos = clock.nanos() - work.beganNanos();
            limiter.finished(1, latencyNanos);
            finished++;
            late += latencyNanos > goalNanos ? 1 : 0;
        }
    }

    @Test
    void underFloodTheServiceStaysBusyAndTheLatencyGood() {
        Property.of("a flood keeps a service busy and its latency near the goal")
                .holdsOnEverySeed(dice -> {
                    Service service = Service.any(dice);
                    long goalNanos = service.workNanos() * 3;
                    TrialClock clock = new TrialClock(dice);
                    AdaptiveLimiter limiter = limiter(clock, service);
                    Flood flood = new Flood(clock, limiter);
                    int round = 100 * service.workers();
                    flood.against(service, round * 2, goalNanos);
                    long beganNanos = clock.nanos();
                    flood.against(service, round * 2, goalNanos);
                    long bestNanos = round * 2L * service.workNanos() / service.workers();
                    assertTrue(clock.nanos() - beganNanos < bestNanos * 11 / 10, "busy");
                    assertTrue(flood.late * 2 < flood.finished, "late: " + flood.late);
                    assertTrue(limiter.limit() <= service.workers() * 4L + 4, "limit");
                });
    }

    @Test
    void theLimitFollowsAServiceThatLosesWorkers() {
        Property.of("a service that loses most of its workers gets less work at a time")
                .holdsOnEverySeed(dice -> {
                    Service service = new Service(40, dice.between(100, 5_000));
                    TrialClock clock = new TrialClock(dice);
                    AdaptiveLimiter limiter = limiter(clock, service);
                    Flood flood = new Flood(clock, limiter);
                    flood.against(service, 8_000, service.workNanos() * 3);
                    assertTrue(limiter.limit() >= 40, "before: " + limiter.limit());
                    Service poor = new Service(4, service.workNanos());
                    flood.against(poor, 2_000, service.workNanos() * 3);
                    assertTrue(limiter.limit() <= 20, "after: " + limiter.limit());
                });
    }

    private static AdaptiveLimiter limiter(TrialClock clock, Service service) {
        long goalNanos = service.workNanos() * 3;
        return new AdaptiveLimiter(clock, new AdaptiveOptions(1, 1000, goalNanos, goalNanos));
    }

    @Test
    void theLimitStaysWithinItsBoundsAndTheWorkWithinTheLimit() {
        Property.of("limit and work in flight stay within bounds")
                .operations(400, dice -> dice.below(1_000))
                .holds(AdaptiveLimiterPropertyTest::staysWithinBounds);
    }

    private static void staysWithinBounds(List<Integer> steps, SeededDice dice) {
        TrialClock clock = new TrialClock(dice);
        AdaptiveLimiter limiter = new AdaptiveLimiter(clock, new AdaptiveOptions(3, 50, 100, 200));
        long inFlight = 0;
        for (int step : steps) {
            clock.advance(step % 100);
            if (step < 600) {
                inFlight += take(limiter, 1 + step % 5);
            } else if (inFlight > 0) {
                inFlight--;
                giveBack(limiter, step);
            }
            assertEquals(inFlight, limiter.inFlight());
            assertTrue(3 <= limiter.limit() && limiter.limit() <= 50);
        }
    }

    private static long take(AdaptiveLimiter limiter, long permits) {
        boolean room = limiter.inFlight() + permits <= limiter.limit();
        boolean alone = limiter.inFlight() == 0;
        assertEquals(room || alone, limiter.nanosUntil(permits) == 0);
        boolean granted = limiter.tryTake(permits);
        assertEquals(room || alone, granted);
        return granted ? permits : 0;
    }

    private static void giveBack(AdaptiveLimiter limiter, int step) {
        switch (step % 3) {
            case 0 -> limiter.finished(1, step % 200);
            case 1 -> limiter.dropped(1, step % 200);
            default -> limiter.cancelled(1);
        }
    }
}
