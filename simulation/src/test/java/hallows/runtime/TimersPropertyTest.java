package hallows.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.simulation.Property;
import hallows.simulation.SeededDice;
import hallows.simulation.Simpler;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Histories of timers against a sorted map by tick and turn. The clock may begin anywhere and
/// wrap.
class TimersPropertyTest {
    private static final long TICK = Timers.TICK_NANOS;
    private static final int TIMERS = 40;

    /// What happens.
    private sealed interface Deed {
        /// A timer is armed, again or for the first time; the deadline may have passed.
        record Arm(int timer, long aheadNanos) implements Deed {}

        /// The first `count` timers are all armed for the same time.
        record Crowd(int count, long aheadNanos) implements Deed {}

        /// A timer is cancelled.
        record Cancel(int timer) implements Deed {}

        /// When this timer fires next, it arms that one.
        record Chain(int timer, int then, long aheadNanos) implements Deed {}

        /// Time passes.
        record Advance(long nanos, int max) implements Deed {}

        /// Time passes just until something is to be done.
        record Follow(int max) implements Deed {}
    }

    private static Deed deed(SeededDice dice) {
        int timer = dice.below(TIMERS);
        return switch (dice.below(20)) {
            case 0 -> new Deed.Crowd(timer, distance(dice));
            case 1, 2 -> new Deed.Cancel(timer);
            case 3, 4 -> new Deed.Chain(timer, dice.below(TIMERS), distance(dice));
            case 5, 6, 7, 8 -> new Deed.Advance(Math.max(0, distance(dice)), max(dice));
            case 9, 10, 11 -> new Deed.Follow(Math.max(1, max(dice)));
            default -> new Deed.Arm(timer, distance(dice));
        };
    }

    private static int max(SeededDice dice) {
        return dice.oneIn(2) ? Integer.MAX_VALUE : dice.below(4);
    }

    /// Mostly near, sometimes decades, sometimes past, often the same tick as another.
    private static long distance(SeededDice dice) {
        return switch (dice.below(5)) {
            case 0 -> dice.between(-5 * TICK, 5 * TICK);
            case 1 -> dice.below(200) * TICK;
            case 2 -> TICK << dice.below(24);
            case 3 -> dice.between(0, 1L << dice.between(14, 40));
            default -> dice.oneIn(20) ? dice.between(0, 1L << 58) : dice.between(0, 100 * TICK);
        };
    }

    private static Stream<Deed> simpler(Deed deed) {
        return switch (deed) {
            case Deed.Arm(int timer, long ahead) ->
                    Stream.concat(
                            Simpler.longs(timer).mapToObj(t -> new Deed.Arm((int) t, ahead)),
                            Simpler.longs(ahead).mapToObj(nanos -> new Deed.Arm(timer, nanos)));
            case Deed.Advance(long nanos, int max) ->
                    Stream.concat(
                            Simpler.longs(nanos).mapToObj(n -> new Deed.Advance(n, max)),
                            Simpler.longs(max).mapToObj(m -> new Deed.Advance(nanos, (int) m)));
            case Deed.Chain(int timer, int then, long ahead) ->
                    Simpler.longs(ahead).mapToObj(nanos -> new Deed.Chain(timer, then, nanos));
            case Deed.Crowd(int count, long ahead) ->
                    Stream.concat(
                            Simpler.longs(count).mapToObj(n -> new Deed.Crowd((int) n, ahead)),
                            Simpler.longs(ahead).mapToObj(nanos -> new Deed.Crowd(count, nanos)));
            case Deed.Cancel(int timer) ->
                    Simpler.longs(timer).mapToObj(t -> new Deed.Cancel((int) t));
            case Deed.Follow _ -> Stream.empty();
        };
    }

    private static long start(SeededDice dice) {
        return switch (dice.below(4)) {
            case 0 -> 0;
            case 1 -> Long.MAX_VALUE - dice.below(1 << 28);
            case 2 -> -dice.below(1 << 28);
            default -> dice.next();
        };
    }

    @Test
    void eachTimerFiresOnceInItsTickAndInItsTurn() {
        Property.of("timers of a wheel")
                .operations(400, TimersPropertyTest::deed)
                .simplified(TimersPropertyTest::simpler)
                .holds((deeds, dice) -> {
                    Trial trial = new Trial(start(dice));
                    deeds.forEach(trial::apply);
                    trial.end();
                });
    }

    /// When a timer is due: the tick after the wheel's start, and its turn in the tick.
    private record Due(long tick, long turn) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return tick == other.tick
                    ? Long.compare(turn, other.turn)
                    : Long.compare(tick, other.tick);
        }
    }

    private static final class Trial {
        private final long start;
        private final Timers wheel;
        private final List<Subject> timers = new ArrayList<>();
        private final TreeMap<Due, Subject> model = new TreeMap<>();
        private long elapsedNanos;
        private long turns;
        private long earliest;
        private long lastFired;
        private boolean advancing;

        Trial(long start) {
            this.start = start & -TICK;
            this.elapsedNanos = start - this.start;
            this.wheel = new Timers(start);
            for (int i = 0; i < TIMERS; i++) {
                timers.add(new Subject());
            }
        }

        /// A timer that compares itself with the model when it fires.
        private final class Subject extends Timer {
            private @Nullable Due due;
            private @Nullable Runnable then;

            @Override
            protected void fired() {
                assertTrue(advancing, "timers fire while the wheel advances");
                assertTrue(now() - deadlineNanos() >= 0, "never early");
                assertEquals(model.firstKey(), due, "in the order of ticks and turns");
                lastFired = model.pollFirstEntry().getKey().tick();
                due = null;
                Runnable next = then;
                then = null;
                if (next != null) {
                    next.run();
                }
            }
        }

        void apply(Deed deed) {
            switch (deed) {
                case Deed.Arm(int timer, long ahead) -> arm(timers.get(timer), ahead);
                case Deed.Crowd(int count, long ahead) ->
                        timers.subList(0, count).forEach(timer -> arm(timer, ahead));
                case Deed.Cancel(int timer) -> cancel(timers.get(timer));
                case Deed.Chain(int timer, int then, long ahead) ->
                        timers.get(timer).then = () -> arm(timers.get(then), ahead);
                case Deed.Advance(long nanos, int max) -> {
                    elapsedNanos += Math.min(nanos, (1L << 61) - elapsedNanos);
                    advance(max);
                }
                case Deed.Follow(int max) -> follow(max);
            }
            check();
        }

        /// Whoever follows the next deadline comes to the end of all timers.
        void end() {
            timers.forEach(timer -> timer.then = null);
            for (int steps = 0; wheel.size() > 0; steps++) {
                assertTrue(steps < TIMERS * 20, "following the next deadline ends");
                follow(1 + steps % 3);
                check();
            }
            assertTrue(model.isEmpty());
        }

        private long now() {
            return start + elapsedNanos;
        }

        private void arm(Subject timer, long ahead) {
            forget(timer);
            Due due = new Due(Math.max(earliest, ticks(elapsedNanos + ahead)), turns++);
            timer.due = due;
            model.put(due, timer);
            wheel.arm(timer, now() + ahead);
            assertTrue(timer.isArmed());
            assertEquals(now() + ahead, timer.deadlineNanos());
        }

        /// The tick at whose beginning so much time has passed.
        private static long ticks(long nanos) {
            return Math.max(0, Math.ceilDiv(nanos, TICK));
        }

        private void cancel(Subject timer) {
            assertEquals(timer.due != null, wheel.cancel(timer));
            forget(timer);
        }

        private void forget(Subject timer) {
            if (timer.due != null) {
                model.remove(timer.due);
                timer.due = null;
            }
        }

        private void advance(int max) {
            long target = elapsedNanos / TICK;
            long dueBefore = due(target);
            lastFired = earliest;
            // While it advances, newcomers come after all that is due.
            earliest = target + 1;
            advancing = true;
            int fired = wheel.advance(now(), max);
            advancing = false;
            assertTrue(fired <= max);
            assertTrue(fired <= dueBefore);
            settle(target, max, fired);
        }

        /// With a small `max` the wheel may stay behind; an overdue newcomer then comes no earlier
        /// than where the wheel has got: to the last timer it was allowed to fire, or to the slot
        /// whose timers it moves.
        private void settle(long target, int max, int fired) {
            long next = wheel.nextDeadlineNanos();
            if (next == Long.MAX_VALUE || next - start > target * TICK) {
                earliest = target;
            } else {
                earliest = fired == max ? lastFired : (next - start) / TICK;
            }
            if (max >= TIMERS) {
                assertEquals(0, due(target), "what is due fires");
                assertEquals(target, earliest);
            }
            assertTrue(model.isEmpty() || earliest <= model.firstKey().tick());
        }

        private long due(long target) {
            return model.headMap(new Due(target + 1, -1)).size();
        }

        private void follow(int max) {
            long next = wheel.nextDeadlineNanos();
            if (next != Long.MAX_VALUE) {
                elapsedNanos = Math.max(elapsedNanos, next - start);
                advance(max);
            }
        }

        private void check() {
            assertEquals(model.size(), wheel.size());
            for (Subject timer : timers) {
                assertEquals(timer.due != null, timer.isArmed());
            }
            if (model.isEmpty()) {
                assertEquals(Long.MAX_VALUE, wheel.nextDeadlineNanos());
            } else {
                long next = wheel.nextDeadlineNanos() - start;
                assertTrue(next <= model.firstKey().tick() * TICK, "never later than the next");
            }
        }
    }
}
