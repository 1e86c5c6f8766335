package hallows.runtime.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.BrokenInvariant;
import hallows.runtime.Dice;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(100, 1000);

    @Test
    void theLongestWaitDoublesUpToTheMost() {
        Dice dice = LoadedDice.lowest();
        assertEquals(100, backoff.nanos(1, dice));
        assertEquals(200, backoff.nanos(2, dice));
        assertEquals(400, backoff.nanos(3, dice));
        assertEquals(800, backoff.nanos(4, dice));
        assertEquals(1000, backoff.nanos(5, dice));
        assertEquals(1000, backoff.nanos(Integer.MAX_VALUE, dice));
    }

    @Test
    void chanceTakesAwayUpToHalf() {
        assertEquals(51, backoff.nanos(1, LoadedDice.highest()));
        Dice dice = new LoadedDice();
        for (int i = 0; i < 1000; i++) {
            long waitNanos = backoff.nanos(3, dice);
            assertTrue(200 <= waitNanos && waitNanos <= 400);
        }
    }

    @Test
    void theFarEndsOverflowNothing() {
        Backoff wide = new Backoff(1, Long.MAX_VALUE);
        assertEquals(1L << 62, wide.nanos(63, LoadedDice.lowest()));
        assertEquals(1L << 62, wide.nanos(Integer.MAX_VALUE, LoadedDice.lowest()));
        assertEquals(1, wide.nanos(1, LoadedDice.highest()));
        Backoff widest = new Backoff(Long.MAX_VALUE, Long.MAX_VALUE);
        assertTrue(widest.nanos(9, LoadedDice.highest()) > 0);
    }

    @Test
    void nonsenseIsRefused() {
        assertThrows(BrokenInvariant.class, () -> new Backoff(0, 1));
        assertThrows(BrokenInvariant.class, () -> new Backoff(2, 1));
        assertThrows(BrokenInvariant.class, () -> backoff.nanos(0, LoadedDice.lowest()));
    }
}
