package hallows.log;

import hallows.runtime.Budget;
import hallows.runtime.Buffers;
import hallows.runtime.Home;
import hallows.runtime.LeakTracking;
import java.lang.foreign.Arena;

/// Memory of a shard that is always at home.
final class LentBuffers {
    private final Home home = new LentRegions();
    private final Budget budget = new Budget(Arena.ofAuto().allocate(1 << 16), 1 << 14);
    private final Buffers buffers =
            new Buffers(home, budget.lend("log", 1 << 16), LeakTracking.OFF);

    Home home() {
        return home;
    }

    Buffers buffers() {
        return buffers;
    }
}
