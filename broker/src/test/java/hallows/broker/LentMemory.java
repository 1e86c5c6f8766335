package hallows.broker;

import hallows.runtime.Home;
import hallows.runtime.Homing;
import hallows.runtime.MemoryRegion;
import java.lang.foreign.Arena;

/// Regions that are counted until they come home.
final class LentMemory implements Home {
    private int lent;

    MemoryRegion region(int bytes) {
        lent++;
        return new MemoryRegion(this, _ -> lent--, Arena.ofAuto().allocate(bytes));
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
