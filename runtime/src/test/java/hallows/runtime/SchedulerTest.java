package hallows.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SchedulerTest {
    private static final SchedulingClass LARGE = new SchedulingClass("large", 300, 100);
    private static final SchedulingClass SMALL = new SchedulingClass("small", 100, 100);

    private final ManualWorld world = new ManualWorld();
    private final Scheduler scheduler =
            new Scheduler(world.clock(), List.of(LARGE, SMALL), () -> {});
    private final List<String> turns = new ArrayList<>();

    @Test
    void busyClassesShareTheTimeByTheirShares() {
        Busy large = new Busy(LARGE, 10_000);
        Busy small = new Busy(SMALL, 10_000);
        large.wake();
        small.wake();
        run(4000);
        assertEquals(3.0, (double) large.turns / small.turns, 0.05);
    }

    @Test
    void aClassThatWasIdleIsNotOwedTheTimeItDidNotUse() {
        Busy large = new Busy(LARGE, 10_000);
        large.wake();
        run(10_000);
        int before = large.turns;
        Busy small = new Busy(SMALL, 10_000);
        small.wake();
        run(400);
        assertEquals(300, large.turns - before, 5);
        assertEquals(100, small.turns, 5);
    }

    @Test
    void sharesHoldWhenTheCountOfUsedTimeOverflows() {
        Busy large = new Busy(LARGE, 10_000);
        Busy small = new Busy(SMALL, 10_000);
        useUntilNearTheEnd(1L << 42, 1L << 46);
        useUntilNearTheEnd(1L << 22, 1L << 28);
        large.wake();
        small.wake();
        run(20_000);
        assertTrue(scheduler.queue(SMALL).usedPerShare() < 0, "it overflowed");
        assertEquals(3.0, (double) large.turns / small.turns, 0.05);
    }

    @Test
    void whoWasIdleIsNotOwedTimeWhenTheCountOverflowsMeanwhile() {
        useUntilNearTheEnd(1L << 42, 1L << 46);
        useUntilNearTheEnd(1L << 22, 1L << 28);
        Busy large = new Busy(LARGE, 10_000);
        large.wake();
        run(20_000);
        assertTrue(scheduler.queue(LARGE).usedPerShare() < 0, "it overflowed");
        int before = large.turns;
        Busy small = new Busy(SMALL, 10_000);
        small.wake();
        run(400);
        assertEquals(300, large.turns - before, 5);
        assertEquals(100, small.turns, 5);
    }

    private void useUntilNearTheEnd(long stepNanos, long distance) {
        while (scheduler.queue(SMALL).usedPerShare() < Long.MAX_VALUE - distance) {
            scheduler.queue(LARGE).use(3 * stepNanos);
            scheduler.queue(SMALL).use(stepNanos);
        }
    }

    @Test
    void aShortTurnCostsAClassLessThanALongOne() {
        Busy quick = new Busy(LARGE, 1_000);
        Busy slow = new Busy(SMALL, 100_000);
        quick.wake();
        slow.wake();
        run(4000);
        assertEquals(300, (double) quick.turns / slow.turns, 25);
    }

    @Test
    void withinAClassTheEarliestDeadlineGoesFirst() {
        new Once("late").wakeBy(world.nanos + 3_000);
        new Once("early").wakeBy(world.nanos + 1_000);
        new Once("middle").wakeBy(world.nanos + 2_000);
        run(10);
        assertEquals(List.of("early", "middle", "late"), turns);
    }

    @Test
    void aDeadlineCanBeMovedForward() {
        Once late = new Once("late");
        late.wakeBy(world.nanos + 3_000);
        new Once("middle").wakeBy(world.nanos + 2_000);
        late.wakeBy(world.nanos + 1_000);
        run(10);
        assertEquals(List.of("late", "middle"), turns);
    }

    @Test
    void deadlinesLongPastDoNotPassThoseWhoHaveWaited() {
        new Once("waited").wakeBy(world.nanos + 500);
        world.nanos += 1_000;
        scheduler.look();
        new Once("overdue").wakeBy(0);
        run(10);
        assertEquals(List.of("waited", "overdue"), turns);
    }

    @Test
    void higherPriorityGoesFirstUntilTheLowerHasWaitedLongEnough() {
        new Once("low", Priority.LOW).wake();
        new Once("normal", Priority.NORMAL).wake();
        new Once("high", Priority.HIGH).wake();
        run(10);
        assertEquals(List.of("high", "normal", "low"), turns);

        turns.clear();
        new Once("low", Priority.LOW).wake();
        world.nanos += Priority.LOW.patienceNanos(LARGE);
        scheduler.look();
        new Once("high", Priority.HIGH).wake();
        run(10);
        assertEquals(List.of("low", "high"), turns);
    }

    @Test
    void alwaysBusyHighPriorityDoesNotStarveTheLow() {
        Busy high = new Busy(LARGE, 1_000, Priority.HIGH);
        high.wake();
        new Once("low", Priority.LOW).wake();
        run(12_000);
        assertEquals(List.of("low"), turns);
    }

    @Test
    void aTaskThatIsWokenWhileItRunsRunsAgain() {
        List<Integer> seen = new ArrayList<>();
        Task self =
                new Task(scheduler.queue(LARGE), Priority.NORMAL) {
                    @Override
                    protected boolean run(Slice slice) {
                        seen.add(seen.size());
                        if (seen.size() < 3) {
                            wake();
                        }
                        return false;
                    }
                };
        self.wake();
        run(10);
        assertEquals(List.of(0, 1, 2), seen);
        assertTrue(scheduler.isIdle());
    }

    @Test
    void aDeadlineGivenWhileATaskRunsIsItsNextTurn() {
        Task self =
                new Task(scheduler.queue(LARGE), Priority.NORMAL) {
                    private boolean again;

                    @Override
                    protected boolean run(Slice slice) {
                        turns.add("self");
                        if (!again) {
                            again = true;
                            wake();
                            wakeBy(world.nanos + 10);
                            wakeBy(world.nanos + 30);
                        }
                        return false;
                    }
                };
        self.wakeBy(world.nanos);
        new Once("other").wakeBy(world.nanos + 20);
        run(10);
        assertEquals(List.of("self", "self", "other"), turns);
    }

    @Test
    void aSliceEndsWithItsStepsOrItsTime() {
        Slice slice = new Slice(world.clock());
        slice.begin(world.nanos + 1000, 100);
        int steps = 0;
        while (slice.more()) {
            steps++;
        }
        assertEquals(100, steps);

        slice.begin(world.nanos + 1000, 1000);
        steps = 0;
        while (slice.more()) {
            steps++;
            world.nanos += 100;
        }
        assertEquals(32, steps, "the clock is looked at every 32 steps");
    }

    @Test
    void countersTellTimeTurnsAndTheLongestStall() {
        Busy slow = new Busy(LARGE, 70_000);
        slow.wake();
        run(5);
        ClassCounters counters = scheduler.queue(LARGE).counters();
        assertEquals(5, counters.turns());
        assertEquals(350_000, counters.runNanos());
        assertEquals(70_000, counters.longestStallNanos());
        assertEquals(1, counters.queueLength());
        assertEquals(5, counters.turnDelays().count());
    }

    @Test
    void aCancelledTaskHasNoTurn() {
        Once first = new Once("first");
        Once second = new Once("second");
        Once third = new Once("third");
        first.wake();
        second.wake();
        third.wake();
        second.cancel();
        run(10);
        assertEquals(List.of("first", "third"), turns);
    }

    /// Runs so many turns at most.
    private void run(int most) {
        for (int i = 0; i < most; i++) {
            scheduler.run(1);
        }
    }

    private final class Busy extends Task {
        private final long nanosPerTurn;
        private int turns;

        Busy(SchedulingClass kind, long nanosPerTurn) {
            this(kind, nanosPerTurn, Priority.NORMAL);
        }

        Busy(SchedulingClass kind, long nanosPerTurn, Priority priority) {
            super(scheduler.queue(kind), priority);
            this.nanosPerTurn = nanosPerTurn;
        }

        @Override
        protected boolean run(Slice slice) {
            turns++;
            world.nanos += nanosPerTurn;
            return true;
        }
    }

    private final class Once extends Task {
        private final String name;

        Once(String name) {
            this(name, Priority.NORMAL);
        }

        Once(String name, Priority priority) {
            super(scheduler.queue(LARGE), priority);
            this.name = name;
        }

        @Override
        protected boolean run(Slice slice) {
            turns.add(name);
            return false;
        }
    }
}
