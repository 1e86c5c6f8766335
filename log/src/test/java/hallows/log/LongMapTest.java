package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hallows.simulation.Property;
import hallows.simulation.SeededDice;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LongMapTest {
    private static final int STEPS_MAX = 300;

    private record Step(int act, long key) {}

    /// Few keys, so that they meet; some of them share their lower bits, which a bad spread shows.
    private static Step step(SeededDice dice) {
        return new Step(dice.below(8), dice.below(60) * (dice.oneIn(2) ? 1L : 1L << 40) - 9);
    }

    @Test
    void itHoldsWhatATreeMapHoldsInTheSameOrder() {
        Property.of("a map of longs is a map")
                .operations(STEPS_MAX, LongMapTest::step)
                .holds(LongMapTest::compare);
    }

    private static void compare(List<Step> steps) {
        LongMap<String> ours = new LongMap<>();
        TreeMap<Long, String> model = new TreeMap<>();
        for (Step step : steps) {
            String value = "v" + step.key;
            switch (step.act) {
                case 0, 1 -> assertEquals(model.remove(step.key), ours.remove(step.key));
                case 2 -> {
                    model.values().removeIf(each -> each.endsWith("1"));
                    ours.removeIf(each -> each.endsWith("1"));
                }
                default -> {
                    model.put(step.key, value);
                    ours.put(step.key, value);
                }
            }
            List<String> all = new ArrayList<>();
            ours.forEach(all::add);
            assertEquals(List.copyOf(model.values()), all);
            assertEquals(model.size(), ours.size());
            assertEquals(model.get(step.key), ours.get(step.key));
        }
        ours.clear();
        assertEquals(0, ours.size());
    }
}
