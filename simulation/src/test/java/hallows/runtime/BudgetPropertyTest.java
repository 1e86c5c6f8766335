package hallows.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.simulation.Property;
import hallows.simulation.SeededDice;
import hallows.simulation.Simpler;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Histories of claims by several applications against a bit set that is searched the simple way.
class BudgetPropertyTest {
    private static final int SLAB = 256;
    private static final int SLABS = 150;
    private static final int[] PROMISED = {70, 50, 30};

    /// What an application does.
    private sealed interface Deed {
        /// Claims a run.
        record Claim(int application, int slabs) implements Deed {}

        /// Frees the run it holds at this place, counted round and round.
        record Free(int application, int held) implements Deed {}
    }

    private static Deed deed(SeededDice dice) {
        int application = dice.below(PROMISED.length);
        return dice.below(100) < 55
                ? new Deed.Claim(application, (int) dice.between(1, dice.oneIn(5) ? 70 : 5))
                : new Deed.Free(application, dice.below(20));
    }

    private static Stream<Deed> simpler(Deed deed) {
        return switch (deed) {
            case Deed.Claim(int application, int slabs) ->
                    Simpler.longsDownTo(1, slabs)
                            .mapToObj(fewer -> new Deed.Claim(application, (int) fewer));
            case Deed.Free(int application, int held) ->
                    Simpler.longs(held)
                            .mapToObj(earlier -> new Deed.Free(application, (int) earlier));
        };
    }

    @Test
    void theFirstRunThatFitsIsClaimedAndNobodyPassesHisAllowance() {
        Property.of("claims of slabs")
                .operations(300, BudgetPropertyTest::deed)
                .simplified(BudgetPropertyTest::simpler)
                .holds(deeds -> {
                    try (Arena arena = Arena.ofConfined()) {
                        Trial trial = new Trial(arena);
                        deeds.forEach(trial::apply);
                        trial.end();
                    }
                });
    }

    private static final class Trial {
        private final Budget budget;
        private final List<Allowance> allowances = new ArrayList<>();
        private final List<List<Run>> held = new ArrayList<>();
        private final BitSet taken = new BitSet();
        private int highest;

        Trial(Arena arena) {
            budget = new Budget(arena.allocate(SLABS * SLAB), SLAB);
            for (int slabs : PROMISED) {
                allowances.add(budget.lend("with " + slabs, (long) slabs * SLAB));
                held.add(new ArrayList<>());
            }
        }

        void apply(Deed deed) {
            switch (deed) {
                case Deed.Claim(int application, int slabs) -> claim(application, slabs);
                case Deed.Free(int application, int which) -> free(application, which);
            }
            highest = Math.max(highest, taken.cardinality());
            assertEquals((long) taken.cardinality() * SLAB, budget.claimedBytes());
            assertEquals((long) highest * SLAB, budget.highestBytes());
        }

        void end() {
            for (int i = 0; i < PROMISED.length; i++) {
                assertTrue(allowances.get(i).highestBytes() <= allowances.get(i).limitBytes());
                while (!held.get(i).isEmpty()) {
                    free(i, 0);
                }
                assertTrue(allowances.get(i).giveBack());
            }
            assertEquals(0, budget.claimedBytes());
            assertEquals(0, budget.lentBytes());
        }

        private void claim(int application, int slabs) {
            Run run = allowances.get(application).claim(slabs);
            int expected = used(application) + slabs > PROMISED[application] ? -1 : fitting(slabs);
            if (expected < 0) {
                assertNull(run);
            } else {
                check(run, expected, slabs);
                taken.set(expected, expected + slabs);
                held.get(application).add(run);
            }
            assertEquals(
                    (long) used(application) * SLAB, allowances.get(application).claimedBytes());
        }

        private void check(@Nullable Run run, int first, int slabs) {
            assertTrue(run != null, "a run fits");
            assertEquals(first, run.first());
            assertEquals(slabs, run.slabs());
            assertEquals((long) slabs * SLAB, run.memory().byteSize());
        }

        private void free(int application, int which) {
            List<Run> runs = held.get(application);
            if (!runs.isEmpty()) {
                Run run = runs.remove(which % runs.size());
                taken.clear(run.first(), run.first() + run.slabs());
                allowances.get(application).free(run);
            }
        }

        private int used(int application) {
            return held.get(application).stream().mapToInt(Run::slabs).sum();
        }

        private int fitting(int slabs) {
            for (int first = 0; first + slabs <= SLABS; first++) {
                if (taken.get(first, first + slabs).isEmpty()) {
                    return first;
                }
            }
            return -1;
        }
    }
}
