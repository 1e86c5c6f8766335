package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.runtime.BrokenInvariant;
import org.junit.jupiter.api.Test;

class DirtyBytesTest {
    private final DirtyBytes dirty = new DirtyBytes(new FlushLimits(1, 100, 300));

    @Test
    void aFlushIsDueForWhatNobodyWaitsFor() {
        dirty.wrote(200, Durability.FSYNC);
        dirty.wrote(99, Durability.PAGE_CACHE);
        assertFalse(dirty.isFlushDue());
        dirty.wrote(1, Durability.PAGE_CACHE);
        assertTrue(dirty.isFlushDue());
        dirty.roundBegan(true);
        assertFalse(dirty.isFlushDue());
    }

    @Test
    void writesWaitUntilTheRoundHasEnded() {
        dirty.wrote(299, Durability.FSYNC);
        assertFalse(dirty.mustWait());
        dirty.wrote(1, Durability.FSYNC);
        assertTrue(dirty.mustWait());
        dirty.roundBegan(false);
        assertTrue(dirty.mustWait());
        dirty.roundEnded();
        assertFalse(dirty.mustWait());
    }

    @Test
    void aRoundForTheOthersLeavesWhatNobodyWaitsFor() {
        dirty.wrote(50, Durability.PAGE_CACHE);
        dirty.wrote(10, Durability.FSYNC);
        dirty.roundBegan(false);
        dirty.roundEnded();
        dirty.wrote(50, Durability.PAGE_CACHE);
        assertTrue(dirty.isFlushDue());
        dirty.wrote(200, Durability.FSYNC);
        assertTrue(dirty.mustWait());
        dirty.roundBegan(true);
        dirty.roundEnded();
        assertFalse(dirty.isFlushDue() || dirty.mustWait());
    }

    @Test
    void limitsThatWouldStandStillAreRefused() {
        assertThrows(BrokenInvariant.class, () -> new FlushLimits(1, 2, 1));
        assertThrows(BrokenInvariant.class, () -> new FlushLimits(1, 0, 1));
        assertThrows(BrokenInvariant.class, () -> new FlushLimits(0, 1, 1));
    }

    /// A tenth of the memory is where a host begins by itself.
    @Test
    void aHostThatAllShardsWriteToNeverBeginsByItself() {
        for (long memory : new long[] {16L << 30, 256L << 30}) {
            for (int shards : new int[] {1, 2, 16}) {
                FlushLimits limits = FlushLimits.of(memory, shards);
                assertTrue(limits.dirtyBytesMax() * shards < memory / 10);
                assertTrue(limits.writeBackBytes() * 4 <= limits.dirtyBytesMax());
            }
        }
        assertTrue(FlushLimits.of(1 << 20, 64).writeBackBytes() >= 8 << 20, "however small");
    }

    @Test
    void onlyStalledWritesAreCounted() {
        WriteStalls writes = new WriteStalls(1_000);
        writes.took(999);
        writes.took(1_000);
        writes.took(8_000);
        assertEquals(2, writes.stalls().count());
        assertTrue(writes.stalls().quantileNanos(1) >= 8_000);
    }
}
