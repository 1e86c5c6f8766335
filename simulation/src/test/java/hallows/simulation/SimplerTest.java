package hallows.simulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SimplerTest {
    @Test
    void candidatesComeCloserFromZeroOn() {
        assertArrayEquals(new long[] {0, 50, 75, 88, 94, 97, 99}, Simpler.longs(100).toArray());
        assertArrayEquals(new long[] {0, -1, -2}, Simpler.longs(-3).toArray());
    }

    @Test
    void theFarthestNumbersHaveCandidatesToo() {
        assertEquals(0, Simpler.longs(Long.MIN_VALUE).iterator().nextLong());
        assertEquals(0, Simpler.longs(Long.MAX_VALUE).iterator().nextLong());
    }

    @Test
    void theSimplestHasNoCandidates() {
        assertArrayEquals(new long[0], Simpler.longs(0).toArray());
        assertArrayEquals(new long[0], Simpler.longsDownTo(7, 7).toArray());
    }

    @Test
    void candidatesStayAboveTheLeast() {
        assertArrayEquals(new long[] {7, 8, 9}, Simpler.longsDownTo(7, 10).toArray());
    }
}
