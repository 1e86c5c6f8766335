package hallows.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SlabMapTest {
    @Test
    void theFirstRunThatFitsIsTaken() {
        SlabMap map = new SlabMap(200);
        assertEquals(0, map.claim(10));
        assertEquals(10, map.claim(100));
        assertEquals(110, map.claim(10));
        map.free(10, 100);
        assertEquals(10, map.claim(1));
        assertEquals(11, map.claim(64));
        assertEquals(120, map.claim(65));
        assertEquals(75, map.claim(35));
    }

    @Test
    void runsCrossWordsAndFillThem() {
        SlabMap map = new SlabMap(256);
        assertEquals(0, map.claim(63));
        assertEquals(63, map.claim(130));
        assertEquals(193, map.claim(63));
        assertEquals(SlabMap.NONE, map.claim(1));
        map.free(63, 130);
        assertEquals(63, map.claim(130));
    }

    @Test
    void nothingBehindTheEndIsTaken() {
        for (int size = 1; size <= 130; size++) {
            SlabMap map = new SlabMap(size);
            assertEquals(SlabMap.NONE, map.claim(size + 1));
            assertEquals(0, map.claim(size));
            assertEquals(SlabMap.NONE, map.claim(1));
        }
    }

    @Test
    void aSlabIsNotGivenBackTwice() {
        SlabMap map = new SlabMap(100);
        map.claim(70);
        map.free(60, 10);
        assertThrows(BrokenInvariant.class, () -> map.free(59, 2));
    }
}
