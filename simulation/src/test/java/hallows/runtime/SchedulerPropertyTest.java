package hallows.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.simulation.Property;
import hallows.simulation.SeededDice;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Who gets a shard's time: by shares between classes, by turn within one, and everybody some day.
class SchedulerPropertyTest {
    private static final int QUANTUM_MICROS = 100;
    private static final SchedulingClass ONE = new SchedulingClass("one", 100, QUANTUM_MICROS);

    private static final List<Priority> PRIORITIES = List.of(Priority.values());

    /// A class that always has work.
    ///
    /// @param shares its part
    /// @param turnMicros how long each of its turns takes
    /// @param joinsAtTurn when its work begins
    private record Busy(int shares, int turnMicros, int joinsAtTurn) {}

    /// What happens to the tasks of one class.
    private sealed interface Deed {
        /// A task is woken.
        record Wake(int task) implements Deed {}

        /// A task is woken with a deadline.
        record WakeBy(int task, long aheadNanos) implements Deed {}

        /// A task leaves.
        record Cancel(int task) implements Deed {}

        /// Turns are taken, each of which takes so long.
        record Run(int turns, long eachNanos) implements Deed {}
    }

    @Test
    void busyClassesNeverDriftApartByMoreThanATurnEach() {
        Property.of("shares are kept at every moment")
                .operations(
                        6,
                        dice ->
                                new Busy(
                                        1 + dice.below(1000),
                                        1 + dice.below(QUANTUM_MICROS),
                                        dice.below(200)))
                .holds(SchedulerPropertyTest::sharesAreKept);
    }

    private static void sharesAreKept(List<Busy> plans, SeededDice dice) {
        TrialClock clock = new TrialClock(dice);
        List<SchedulingClass> kinds = new ArrayList<>();
        for (int i = 0; i < plans.size(); i++) {
            kinds.add(new SchedulingClass("class " + i, plans.get(i).shares, QUANTUM_MICROS));
        }
        Scheduler scheduler = new Scheduler(clock, kinds, () -> {});
        List<BusyTask> tasks = new ArrayList<>();
        for (int turn = 0; turn < 1000; turn++) {
            for (int i = 0; i < plans.size(); i++) {
                if (plans.get(i).joinsAtTurn == turn) {
                    BusyTask task =
                            new BusyTask(scheduler.queue(kinds.get(i)), plans.get(i), clock);
                    tasks.add(task);
                    task.wake();
                }
            }
            scheduler.run(1);
        }
        checkDrift(scheduler, tasks);
    }

    private static void checkDrift(Scheduler scheduler, List<BusyTask> tasks) {
        for (BusyTask task : tasks) {
            double ahead = task.queue.usedPerShare() - scheduler.floor();
            double turn = (task.plan.turnMicros * 1000.0 * 1024) / task.plan.shares + 1;
            assertTrue(
                    ahead <= turn, task.plan + " is ahead by " + ahead + ", its turn is " + turn);
            assertTrue(task.turns > 0 || task.plan.joinsAtTurn > 990, task.plan + " has starved");
        }
    }

    @Test
    void withinAClassTheEarliestTurnGoesFirstAndNobodyIsForgotten() {
        Property.of("turns are taken in order")
                .operations(60, SchedulerPropertyTest::deed)
                .holds(SchedulerPropertyTest::turnsAreInOrder);
    }

    private static Deed deed(SeededDice dice) {
        int task = dice.below(8);
        return switch (dice.below(8)) {
            case 0 -> new Deed.Cancel(task);
            case 1, 2 -> new Deed.WakeBy(task, dice.below(4_000_000) - 1_000_000);
            case 3, 4 -> new Deed.Run(1 + dice.below(4), dice.below(500_000));
            default -> new Deed.Wake(task);
        };
    }

    private static void turnsAreInOrder(List<Deed> deeds, SeededDice dice) {
        TrialClock clock = new TrialClock(dice);
        Scheduler scheduler = new Scheduler(clock, List.of(ONE), () -> {});
        List<Ordered> tasks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Priority priority = PRIORITIES.get(i % PRIORITIES.size());
            tasks.add(new Ordered(scheduler.queue(ONE), priority, tasks));
        }
        for (Deed deed : deeds) {
            switch (deed) {
                case Deed.Wake(int task) -> tasks.get(task).wake();
                case Deed.WakeBy(int task, long ahead) ->
                        tasks.get(task).wakeBy(clock.nanos() + ahead);
                case Deed.Cancel(int task) -> tasks.get(task).cancel();
                case Deed.Run(int turns, long each) -> {
                    for (int i = 0; i < turns; i++) {
                        scheduler.run(1);
                        clock.advance(each);
                        scheduler.look();
                    }
                }
            }
        }
        scheduler.run(tasks.size());
        assertTrue(scheduler.isIdle(), "all who were woken have had their turn");
    }

    private static final class BusyTask extends Task {
        private final Busy plan;
        private final TrialClock clock;
        private int turns;

        BusyTask(ClassQueue queue, Busy plan, TrialClock clock) {
            super(queue, Priority.NORMAL);
            this.plan = plan;
            this.clock = clock;
        }

        @Override
        protected boolean run(Slice slice) {
            turns++;
            clock.advance(plan.turnMicros * 1000L);
            return true;
        }
    }

    private static final class Ordered extends Task {
        private final List<Ordered> all;

        Ordered(ClassQueue queue, Priority priority, List<Ordered> all) {
            super(queue, priority);
            this.all = all;
        }

        @Override
        protected boolean run(Slice slice) {
            assertEquals(NOT_WAITING, place);
            for (Ordered other : all) {
                boolean waits = other.place != NOT_WAITING;
                assertTrue(!waits || other.turnNanos - turnNanos >= 0, "the earliest goes first");
            }
            return false;
        }
    }
}
