package hallows.kafka;

import hallows.runtime.Allowance;
import hallows.runtime.Budget;
import hallows.runtime.Buffers;
import hallows.runtime.Home;
import hallows.runtime.Homing;
import hallows.runtime.LeakTracking;
import hallows.runtime.MemoryRegion;
import java.lang.foreign.Arena;
import java.util.Objects;

/// Memory of a shard that is always at home.
final class Memory implements Home {
    private static final int SLAB_BYTES = 1 << 14;

    private final Buffers buffers;

    Memory(int bytes) {
        Budget budget = new Budget(Arena.ofAuto().allocate(bytes), SLAB_BYTES);
        Allowance allowance = budget.lend("kafka", bytes);
        buffers = new Buffers(this, allowance, LeakTracking.OFF);
    }

    Buffers buffers() {
        return buffers;
    }

    /// A region that holds these bytes.
    MemoryRegion holding(byte[] bytes) {
        MemoryRegion region = Objects.requireNonNull(buffers.allocate(bytes.length));
        region.buffer().put(bytes);
        return region;
    }

    @Override
    public boolean here() {
        return true;
    }

    @Override
    public void welcome(Homing traveller) {
        throw new AssertionError("nothing travels here");
    }
}
