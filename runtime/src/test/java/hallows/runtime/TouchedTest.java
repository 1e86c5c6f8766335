package hallows.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TouchedTest {
    private final List<Integer> woken = new ArrayList<>();
    private final List<Sleep> sleeps =
            IntStream.range(0, 3).mapToObj(shard -> new Sleep(() -> woken.add(shard))).toList();
    private final Touched touched = new Touched(3, sleeps::get);

    @Test
    void allThatWasWrittenIsShownAndEverySleeperBesideItWokenOnce() {
        sleeps.forEach(Sleep::announce);
        List<Ring> rings = IntStream.range(0, 40).mapToObj(_ -> new Ring(2)).toList();
        for (int i = 0; i < rings.size(); i++) {
            rings.get(i).put(i);
            touched.add(rings.get(i), i % 2);
            touched.add(rings.get(i), i % 2);
        }
        touched.show();
        rings.forEach(ring -> assertFalse(ring.isEmpty()));
        assertEquals(List.of(), woken);
        touched.wakeThem();
        touched.wakeThem();
        assertEquals(List.of(0, 1), woken);
    }

    @Test
    void whoWritesAgainInTheSameCycleIsShownAgain() {
        Ring ring = new Ring(4);
        ring.put(1);
        touched.add(ring, 0);
        touched.show();
        assertFalse(ring.isEmpty());
        assertEquals(1, ring.take());
        ring.put(2);
        touched.add(ring, 0);
        assertTrue(ring.isEmpty());
        touched.wakeThem();
        assertFalse(ring.isEmpty());
    }
}
