package hallows.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RingTest {
    private final Ring ring = new Ring(256);

    @Test
    void whatIsPutIsSeenWhenItIsShown() {
        ring.put(7);
        assertTrue(ring.isEmpty());
        ring.show();
        assertFalse(ring.isEmpty());
        assertEquals(7, ring.take());
        assertTrue(ring.isEmpty());
    }

    @Test
    void aBurstShowsItself() {
        for (int number = 0; number < 100; number++) {
            ring.put(number);
        }
        int seen = 0;
        while (!ring.isEmpty()) {
            assertEquals(seen++, ring.take());
        }
        assertEquals(64, seen);
        ring.show();
        while (!ring.isEmpty()) {
            assertEquals(seen++, ring.take());
        }
        assertEquals(100, seen);
    }

    @Test
    void itIsEnlistedOnceForEachTimeItIsShown() {
        ring.put(1);
        assertTrue(ring.enlist());
        ring.put(2);
        assertFalse(ring.enlist());
        ring.show();
        assertTrue(ring.enlist());
    }
}
