package hallows.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimersTest {
    private static final long TICK = Timers.TICK_NANOS;
    private static final int MANY = Integer.MAX_VALUE;

    private final List<String> fired = new ArrayList<>();
    private final long start = (Long.MAX_VALUE & -TICK) - 2 * TICK;
    private final Timers timers = new Timers(start);

    /// Notes that it fired, and then does something.
    private final class Noted extends Timer {
        private final String name;
        private final Runnable then;

        Noted(String name) {
            this(name, () -> {});
        }

        Noted(String name, Runnable then) {
            this.name = name;
            this.then = then;
        }

        @Override
        protected void fired() {
            fired.add(name);
            then.run();
        }
    }

    /// So many ticks after the start; the clock wraps after three.
    private long at(long ticks) {
        return start + ticks * TICK;
    }

    @Test
    void aTimerFiresOnceAndNeverBeforeItsDeadline() {
        Timer timer = new Noted("a");
        timers.arm(timer, at(10) + 5);
        assertTrue(timer.isArmed());
        assertEquals(at(10) + 5, timer.deadlineNanos());
        assertEquals(0, timers.advance(at(10) + 4, MANY));
        assertEquals(1, timers.advance(at(11), MANY));
        assertEquals(0, timers.advance(at(1000), MANY));
        assertEquals(List.of("a"), fired);
        assertFalse(timer.isArmed());
    }

    @Test
    void timersFireInTheOrderOfTheirTicksAndInATickInTheOrderOfArming() {
        timers.arm(new Noted("far"), at(5000));
        timers.arm(new Noted("near"), at(1));
        timers.advance(at(4999), MANY);
        timers.arm(new Noted("far too"), at(5000));
        timers.arm(new Noted("middle"), at(4999) + 1);
        timers.advance(at(6000), MANY);
        assertEquals(List.of("near", "far", "far too", "middle"), fired);
    }

    @Test
    void anArmedTimerIsArmedAnew() {
        Timer timer = new Noted("a");
        timers.arm(timer, at(1));
        timers.arm(timer, at(100));
        assertEquals(1, timers.size());
        assertEquals(0, timers.advance(at(99), MANY));
        assertEquals(1, timers.advance(at(100), MANY));
    }

    @Test
    void aCancelledTimerDoesNotFire() {
        Timer timer = new Noted("a");
        timers.arm(timer, at(1));
        assertTrue(timers.cancel(timer));
        assertFalse(timers.cancel(timer));
        assertEquals(0, timers.advance(at(10), MANY));
        assertEquals(Long.MAX_VALUE, timers.nextDeadlineNanos());
    }

    @Test
    void aTimerCanCancelItsNeighbour() {
        Timer neighbour = new Noted("neighbour");
        timers.arm(new Noted("a", () -> timers.cancel(neighbour)), at(1));
        timers.arm(neighbour, at(1));
        assertEquals(1, timers.advance(at(1), MANY));
        assertEquals(0, timers.size());
    }

    @Test
    void atMostSoManyFireAsAskedFor() {
        for (int i = 0; i < 10; i++) {
            timers.arm(new Noted("" + i), at(1));
        }
        assertEquals(0, timers.advance(at(1), 0));
        assertEquals(4, timers.advance(at(1), 4));
        assertTrue(timers.nextDeadlineNanos() - at(1) <= 0);
        assertEquals(6, timers.advance(at(1), 100));
    }

    @Test
    void aTimerThatArmsItselfForThePastFiresInTheNextTick() {
        Timer[] self = new Timer[1];
        self[0] = new Noted("a", () -> timers.arm(self[0], start));
        timers.arm(self[0], start);
        assertEquals(1, timers.advance(at(1), MANY));
        assertEquals(at(2), timers.nextDeadlineNanos());
        assertEquals(1, timers.advance(at(2), MANY));
    }

    @Test
    void anOverdueTimerFiresAtOnce() {
        timers.advance(at(100), MANY);
        timers.arm(new Noted("a"), at(1));
        assertEquals(1, timers.advance(at(100), MANY));
    }

    @Test
    void aClockThatStandsOrStepsBackChangesNothing() {
        timers.advance(at(100), MANY);
        timers.arm(new Noted("a"), at(101));
        assertEquals(0, timers.advance(at(3), MANY));
        assertEquals(1, timers.advance(at(101), MANY));
    }

    @Test
    void afterATimerThrewTheOthersStillFire() {
        Timer failing =
                new Noted(
                        "failing",
                        () -> {
                            throw new IllegalStateException("planted");
                        });
        timers.arm(failing, at(1));
        timers.arm(new Noted("a"), at(1));
        timers.arm(new Noted("b"), at(200));
        assertThrows(IllegalStateException.class, () -> timers.advance(at(300), MANY));
        assertFalse(failing.isArmed());
        assertEquals(2, timers.size());
        assertEquals(2, timers.advance(at(300), MANY));
        assertEquals(List.of("failing", "a", "b"), fired);
    }

    @Test
    void aTimerDoesNotAdvanceTheWheelAndLivesInOne() {
        timers.arm(new Noted("a", () -> timers.advance(at(9), 1)), start);
        assertThrows(BrokenInvariant.class, () -> timers.advance(at(1), MANY));
        Timer elsewhere = new Noted("b");
        new Timers(start).arm(elsewhere, start);
        assertThrows(BrokenInvariant.class, () -> timers.arm(elsewhere, start));
    }

    @Test
    void whoFollowsTheNextDeadlineMeetsATimerOfAnyDistanceInFewSteps() {
        for (int bits = 0; bits < 63; bits++) {
            Timers wheel = new Timers(start);
            long deadline = start + (1L << bits) + 12_345;
            wheel.arm(new Noted("" + bits), deadline);
            int steps = 0;
            long now = start;
            while (wheel.size() > 0 && steps < 100) {
                now = wheel.nextDeadlineNanos();
                wheel.advance(now, MANY);
                steps++;
            }
            assertTrue(steps <= 10, "steps: " + steps);
            boolean onTime = now - deadline >= 0 && now - deadline < TICK;
            assertTrue(onTime || bits == 62, "late by " + (now - deadline));
        }
        assertEquals(63, fired.size());
    }

    @Test
    void theNextDeadlineOfAnArmedTimerIsNeverTheOneOfNone() {
        Timers wheel = new Timers(Long.MAX_VALUE - 2 * TICK);
        wheel.arm(new Noted("a"), Long.MAX_VALUE);
        assertEquals(Long.MIN_VALUE, wheel.nextDeadlineNanos());
        assertEquals(0, wheel.advance(Long.MAX_VALUE, MANY));
        assertEquals(1, wheel.advance(Long.MIN_VALUE, MANY));
    }

    @Test
    void movingManyTimersDownIsDoneInStepsThatAnArmingMayInterrupt() {
        long due = at(4096);
        for (int i = 0; i < 100; i++) {
            timers.arm(new Noted("a" + i), due + 3 * TICK);
        }
        assertEquals(0, timers.advance(due + 10 * TICK, 1));
        timers.arm(new Noted("last"), due + 3 * TICK);
        timers.arm(new Noted("late"), due + 4 * TICK);
        while (timers.size() > 0) {
            assertTrue(timers.nextDeadlineNanos() - (due + 10 * TICK) <= 0);
            timers.advance(due + 10 * TICK, 1);
        }
        assertEquals(102, fired.size());
        assertEquals("a0", fired.getFirst());
        assertEquals(List.of("a99", "last", "late"), fired.subList(99, 102));
    }

    @Test
    void aSlotEmptiedWhileItMovesIsLeft() {
        List<Timer> armed = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            armed.add(new Noted("a"));
            timers.arm(armed.getLast(), at(100));
        }
        timers.arm(new Noted("b"), at(5000));
        timers.advance(at(200), 1);
        armed.forEach(timers::cancel);
        timers.advance(at(201), 1);
        assertEquals(at(4096), timers.nextDeadlineNanos());
        timers.advance(at(5000), 1);
        assertEquals(List.of("b"), fired);
    }

    @Test
    void armingAndCancellingTakesNoHeap() {
        Timer timer = new Noted("a");
        long[] deadline = {start};
        double bytes =
                Allocated.bytesPerRound(() -> {
                    timers.arm(timer, deadline[0] += 1_000_000);
                    timers.cancel(timer);
                    timers.arm(timer, deadline[0]);
                });
        assertEquals(0, bytes, 0.5);
    }

    /// Only counts.
    private static final class Counted extends Timer {
        private int times;

        @Override
        protected void fired() {
            times++;
        }
    }

    @Test
    void aMillionTimersLiveTogether() {
        Random random = new Random(1);
        Timers wheel = new Timers(0);
        Counted[] million = new Counted[1_000_000];
        for (int i = 0; i < million.length; i++) {
            million[i] = new Counted();
            wheel.arm(million[i], random.nextLong(60_000_000_000L));
        }
        for (Counted each : million) {
            if (random.nextBoolean()) {
                wheel.arm(each, 30_000_000_000L + random.nextLong(30_000_000_000L));
            }
        }
        assertEquals(million.length, wheel.size());
        int sum = 0;
        for (long now = 0; wheel.size() > 0; now += 50_000_000) {
            int step = wheel.advance(now, 10_000);
            assertTrue(step <= 10_000);
            sum += step;
        }
        assertEquals(million.length, sum);
        for (Counted each : million) {
            assertEquals(1, each.times);
        }
    }
}
