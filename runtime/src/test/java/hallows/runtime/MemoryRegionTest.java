package hallows.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryRegionTest {
    private final HandHome home = new HandHome();
    private final List<Region> returned = new ArrayList<>();
    private final MemorySegment memory = Arena.ofAuto().allocate(1000);
    private final MemoryRegion region = new MemoryRegion(home, returned::add, memory);

    @Test
    void aFreshRegionIsAllOfItsMemory() {
        assertSame(memory, region.memory());
        assertEquals(1000, region.length());
        assertEquals(1000, region.buffer().remaining());
    }

    @Test
    void aTrimmedRegionKeepsItsFirstBytesAndItsRoom() {
        memory.set(ValueLayout.JAVA_BYTE, 0, (byte) 7);
        region.trim(300);
        assertEquals(300, region.length());
        assertEquals(300, region.memory().byteSize());
        assertEquals(7, region.buffer().get(0));
        assertEquals(1000, region.roomBytes());
        assertEquals(1000, region.trim(1000).memory().byteSize());
    }

    @Test
    void aRegionIsNotTrimmedBeyondItsRoom() {
        assertThrows(BrokenInvariant.class, () -> region.trim(1001));
        assertThrows(BrokenInvariant.class, () -> region.trim(-1));
    }

    @Test
    void theSameLengthIsTheSameSlice() {
        MemorySegment slice = region.trim(300).memory();
        region.release();
        assertSame(slice, region.lendAgain(300).memory());
    }

    @Test
    void atHomeARegionIsReturnedAtOnce() {
        region.release();
        assertEquals(List.of(region), returned);
        assertFalse(region.isLent());
    }

    @Test
    void fromElsewhereARegionIsReturnedWhenItArrives() {
        home.away(region::release);
        assertTrue(returned.isEmpty());
        home.arrivals();
        assertEquals(List.of(region), returned);
    }

    @Test
    void aSecondReleaseIsABrokenInvariant() {
        region.release();
        assertThrows(BrokenInvariant.class, region::release);
        assertEquals(1, returned.size());
    }

    @Test
    void onlyAReturnedRegionGoesOutAgain() {
        assertThrows(BrokenInvariant.class, () -> region.lendAgain(10));
        region.release();
        assertEquals(10, region.lendAgain(10).length());
        assertTrue(region.isLent());
    }
}
