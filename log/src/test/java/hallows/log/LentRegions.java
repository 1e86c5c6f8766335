package hallows.log;

import hallows.runtime.Home;
import hallows.runtime.Homing;
import hallows.runtime.MemoryRegion;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/// Regions that are counted until they come home.
final class LentRegions implements Home {
    private int lent;

    /// A region with a copy of what is left in a buffer.
    MemoryRegion of(ByteBuffer bytes) {
        MemorySegment memory = Arena.ofAuto().allocate(bytes.remaining());
        memory.copyFrom(MemorySegment.ofBuffer(bytes));
        lent++;
        return new MemoryRegion(this, _ -> lent--, memory);
    }

    int lent() {
        return lent;
    }

    @Override
    public boolean here() {
        return true;
    }

    @Override
    public void welcome(Homing traveller) {
        throw new AssertionError("everything is at home");
    }
}
