package hallows.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BuffersTest {
    private static final int SLAB = 4096;
    private static final int SLABS = 8;

    private final HandHome home = new HandHome();
    private final Budget budget = new Budget(Arena.ofAuto().allocate(16 * SLAB), SLAB);
    private final Allowance allowance = budget.lend("mail", SLABS * SLAB);
    private final Buffers buffers = new Buffers(home, allowance, LeakTracking.OFF);

    private MemoryRegion allocated(int bytes) {
        return Objects.requireNonNull(buffers.allocate(bytes));
    }

    private List<MemoryRegion> allocatedAll(int bytes) {
        List<MemoryRegion> regions = new ArrayList<>();
        for (MemoryRegion region = buffers.allocate(bytes);
                region != null;
                region = buffers.allocate(bytes)) {
            regions.add(region);
        }
        return regions;
    }

    @Test
    void aRegionHasTheLengthAskedForAndRoomForTheNextPowerOfTwo() {
        int[] lengths = {0, 1, 255, 256, 257, 1024, 1025, SLAB - 1, SLAB, SLAB + 1, 3 * SLAB};
        int[] rooms = {256, 256, 256, 256, 512, 1024, 2048, SLAB, SLAB, 2 * SLAB, 3 * SLAB};
        for (int i = 0; i < lengths.length; i++) {
            MemoryRegion region = allocated(lengths[i]);
            assertEquals(lengths[i], region.length());
            assertEquals(lengths[i], region.memory().byteSize());
            assertEquals(rooms[i], region.roomBytes());
            region.release();
        }
    }

    @Test
    void aReturnedBlockGoesOutAgainWithAnotherLength() {
        MemoryRegion first = allocated(300);
        first.release();
        MemoryRegion second = allocated(400);
        assertSame(first, second);
        assertEquals(400, second.length());
    }

    @Test
    void exhaustionIsNullUntilARegionComesHome() {
        List<MemoryRegion> all = allocatedAll(1024);
        assertEquals(SLABS * 4, all.size());
        assertEquals(1, buffers.refusals());
        assertNull(buffers.allocate(SLAB + 1));
        assertNull(buffers.allocate(Integer.MAX_VALUE));
        assertEquals(3, buffers.refusals());
        home.away(all.getFirst()::release);
        assertNull(buffers.allocate(1024));
        home.arrivals();
        assertSame(all.getFirst(), buffers.allocate(1024));
    }

    @Test
    void emptySlabsServeAnotherSizeBeforeAnythingIsRefused() {
        allocatedAll(256).forEach(Region::release);
        assertEquals(Buffers.SPARE_SLABS_MAX * SLAB, buffers.claimedBytes());
        MemoryRegion large = allocated(SLABS * SLAB);
        large.release();
        assertEquals(0, buffers.claimedBytes());
        assertEquals(SLABS, allocatedAll(SLAB).size());
    }

    @Test
    void largeRunsGoBackAtOnceAndAFewEmptySlabsAreKept() {
        MemoryRegion large = allocated(2 * SLAB);
        MemoryRegion small = allocated(10);
        assertEquals(3 * SLAB, allowance.claimedBytes());
        large.release();
        small.release();
        assertEquals(SLAB, allowance.claimedBytes());
        buffers.giveBackSpares();
        assertEquals(0, allowance.claimedBytes());
        assertEquals(0, budget.claimedBytes());
    }

    @Test
    void theLeastRecentlyEmptiedSpareIsGivenBackFirst() {
        int bytes = 256;
        MemoryRegion oldest = allocated(bytes);
        oldest.release();
        for (int i = 1; i <= Buffers.SPARE_SLABS_MAX; i++) {
            allocated(bytes << i).release();
        }
        assertEquals(Buffers.SPARE_SLABS_MAX * SLAB, buffers.claimedBytes());
        assertNotEquals(oldest, allocated(bytes));
    }

    @Test
    void countersTellWhatIsLent() {
        MemoryRegion first = allocated(300);
        MemoryRegion second = allocated(SLAB + 1);
        assertEquals(2, buffers.liveRegions());
        assertEquals(512 + 2 * SLAB, buffers.liveBytes());
        assertEquals(3 * SLAB, buffers.claimedBytes());
        first.trim(20).release();
        second.release();
        assertEquals(0, buffers.liveRegions());
        assertEquals(0, buffers.liveBytes());
        assertEquals(0, buffers.refusals());
    }

    @Test
    void aSecondReleaseIsABrokenInvariantHereAndAway() {
        MemoryRegion region = allocated(10);
        region.release();
        assertThrows(BrokenInvariant.class, region::release);
        MemoryRegion other = allocated(10);
        home.away(other::release);
        assertThrows(BrokenInvariant.class, other::release);
    }

    @Test
    void buffersAreUsedAtHome() {
        home.away(() -> assertThrows(BrokenInvariant.class, () -> buffers.allocate(10)));
        assertThrows(BrokenInvariant.class, () -> buffers.allocate(-1));
    }

    @Test
    void closedBuffersLendNothingAndTakeBackWhatComes() {
        MemoryRegion late = allocated(10);
        MemoryRegion later = allocated(2 * SLAB);
        home.away(late::release);
        Leaks leaks = buffers.close();
        assertEquals(new Leaks(2, 256 + 2 * SLAB, List.of()), leaks);
        assertNull(buffers.allocate(10));
        home.arrivals();
        later.release();
        assertEquals(0, allowance.claimedBytes());
        assertTrue(buffers.close().none());
        assertTrue(allowance.giveBack());
    }

    @Test
    void allShardsOfAnApplicationShareItsAllowance() {
        Buffers others = new Buffers(new HandHome(), allowance);
        allocated(6 * SLAB);
        assertNotNull(others.allocate(2 * SLAB));
        assertNull(others.allocate(1));
        assertNull(buffers.allocate(1));
    }

    @Test
    void theSteadyPathTakesNoHeap() {
        double bytes =
                Allocated.bytesPerRound(() -> {
                    MemoryRegion small = buffers.allocate(100);
                    MemoryRegion large = buffers.allocate(3000);
                    if (small == null || large == null) {
                        throw new AssertionError("there is room");
                    }
                    small.release();
                    large.release();
                });
        assertEquals(0, bytes, 0.5);
    }
}
