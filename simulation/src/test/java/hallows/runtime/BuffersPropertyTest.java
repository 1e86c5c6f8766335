package hallows.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.simulation.Property;
import hallows.simulation.SeededDice;
import hallows.simulation.Simpler;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Histories of two shards with one allowance: every live region is alone with its bytes, and keeps
/// them; all that is counted is counted exactly; in the end everything is back.
class BuffersPropertyTest {
    private static final int SLAB = 4096;
    private static final int SLABS = 12;
    private static final int OTHERS_SLABS = 4;
    private static final int SHARDS = 2;

    /// What happens.
    private sealed interface Deed {
        /// A shard allocates.
        record Allocate(int shard, int bytes) implements Deed {}

        /// The live region at this place, counted round and round, is trimmed.
        record Trim(int region, int bytes) implements Deed {}

        /// The live region at this place is released, by its own shard or by another.
        record Release(int region, boolean away) implements Deed {}

        /// A shard takes in what came home.
        record Arrivals(int shard) implements Deed {}

        /// A shard has nothing to do.
        record Idle(int shard) implements Deed {}
    }

    /// Histories of one mood each: some stay nearly empty, some run full, some of one size only.
    private static List<Deed> history(SeededDice dice) {
        int allocatePercent = (int) dice.between(35, 80);
        int bytesMax = 256 << dice.below(7);
        List<Deed> deeds = new ArrayList<>();
        for (int left = 1 + dice.below(400); left > 0; left--) {
            int shard = dice.below(SHARDS);
            deeds.add(
                    dice.below(100) < allocatePercent
                            ? new Deed.Allocate(shard, bytes(dice, bytesMax))
                            : otherDeed(dice, shard));
        }
        return deeds;
    }

    private static Deed otherDeed(SeededDice dice, int shard) {
        return switch (dice.below(12)) {
            case 0 -> new Deed.Trim(dice.below(200), dice.below(SLAB));
            case 1, 2 -> new Deed.Arrivals(shard);
            case 3 -> new Deed.Idle(shard);
            default -> new Deed.Release(dice.below(200), dice.oneIn(3));
        };
    }

    /// Often at the edge of a block.
    private static int bytes(SeededDice dice, int bytesMax) {
        return dice.oneIn(3)
                ? (256 << dice.below(5)) + dice.below(3) - 1
                : dice.below(bytesMax + 1);
    }

    private static Stream<Deed> simpler(Deed deed) {
        return switch (deed) {
            case Deed.Allocate(int shard, int bytes) ->
                    Simpler.longs(bytes).mapToObj(fewer -> new Deed.Allocate(shard, (int) fewer));
            case Deed.Trim(int region, int bytes) ->
                    Simpler.longs(region).mapToObj(each -> new Deed.Trim((int) each, bytes));
            case Deed.Release(int region, boolean away) ->
                    Simpler.longs(region).mapToObj(each -> new Deed.Release((int) each, away));
            case Deed.Arrivals _, Deed.Idle _ -> Stream.empty();
        };
    }

    @Test
    void liveRegionsAreAloneAndEverythingComesBack() {
        Property.of("allocations and releases")
                .operations(BuffersPropertyTest::history)
                .simplified(BuffersPropertyTest::simpler)
                .holds(deeds -> {
                    try (Arena arena = Arena.ofConfined()) {
                        Trial trial = new Trial(arena);
                        deeds.forEach(trial::apply);
                        trial.end();
                    }
                });
    }

    /// A home among several, one of which is here.
    private static final class Household implements Home {
        private final Queue<Homing> travellers = new ArrayDeque<>();
        private boolean here = true;

        @Override
        public boolean here() {
            return here;
        }

        @Override
        public void welcome(Homing traveller) {
            travellers.add(traveller);
        }

        void arrivals() {
            while (!travellers.isEmpty()) {
                travellers.remove().arrived();
            }
        }
    }

    /// A live region and the mark all its bytes bear.
    private record Live(int shard, MemoryRegion region, byte mark) {
        long begin() {
            return region.memory().address();
        }

        boolean intact() {
            MemorySegment memory = region.memory();
            for (long i = 0; i < memory.byteSize(); i++) {
                if (memory.get(ValueLayout.JAVA_BYTE, i) != mark) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final class Trial {
        private final Budget budget;
        private final Allowance allowance;
        private final List<Household> homes = new ArrayList<>();
        private final List<Buffers> shards = new ArrayList<>();
        private final List<Live> live = new ArrayList<>();
        private final long[] liveBytes = new long[SHARDS];
        private final long[] liveRegions = new long[SHARDS];
        private final List<Live> travelling = new ArrayList<>();
        private int marks;

        Trial(Arena arena) {
            budget = new Budget(arena.allocate((SLABS + OTHERS_SLABS) * SLAB), SLAB);
            allowance = budget.lend("subject", SLABS * SLAB);
            for (int i = 0; i < SHARDS; i++) {
                homes.add(new Household());
                shards.add(new Buffers(homes.get(i), allowance, LeakTracking.PLACES));
            }
        }

        void apply(Deed deed) {
            switch (deed) {
                case Deed.Allocate(int shard, int bytes) -> allocate(shard, bytes);
                case Deed.Trim(int region, int bytes) -> trim(region, bytes);
                case Deed.Release(int region, boolean away) -> release(region, away);
                case Deed.Arrivals(int shard) -> arrivals(shard);
                case Deed.Idle(int shard) -> idle(shard);
            }
            checkAccounts();
        }

        void end() {
            while (!live.isEmpty()) {
                release(0, live.size() % 2 == 0);
            }
            for (int i = 0; i < SHARDS; i++) {
                arrivals(i);
                checkAccounts();
                shards.get(i).close().mustBeNone();
                assertEquals(0, shards.get(i).claimedBytes());
            }
            assertTrue(allowance.giveBack());
            assertEquals(0, budget.claimedBytes());
        }

        private void allocate(int shard, int bytes) {
            long refusals = shards.get(shard).refusals();
            MemoryRegion region = shards.get(shard).allocate(bytes);
            if (region == null) {
                assertEquals(refusals + 1, shards.get(shard).refusals());
                assertTrue(mayRefuse(bytes), "a refusal needs a reason");
                return;
            }
            assertEquals(bytes, region.length());
            assertEquals(bytes, region.memory().byteSize());
            assertTrue(region.roomBytes() >= bytes);
            Live fresh = new Live(shard, region, (byte) ++marks);
            region.memory().fill(fresh.mark());
            live.add(fresh);
            count(fresh, 1);
            checkAlone();
        }

        /// One slab more is refused only when none is left, and then no empty one is kept back by
        /// the shard that asks; of a run of slabs there may be none in spite of enough slabs.
        private boolean mayRefuse(int bytes) {
            return bytes > SLAB || allowance.claimedBytes() == allowance.limitBytes();
        }

        private void trim(int which, int bytes) {
            if (!live.isEmpty()) {
                Live each = live.get(which % live.size());
                each.region().trim(Math.min(bytes, each.region().length()));
            }
        }

        private void release(int which, boolean away) {
            if (live.isEmpty()) {
                return;
            }
            Live each = live.remove(which % live.size());
            assertTrue(each.intact(), "bytes stay until the release");
            homes.get(each.shard()).here = !away;
            each.region().release();
            homes.get(each.shard()).here = true;
            if (away) {
                travelling.add(each);
            } else {
                count(each, -1);
            }
        }

        private void arrivals(int shard) {
            homes.get(shard).arrivals();
            travelling.stream()
                    .filter(each -> each.shard() == shard)
                    .forEach(each -> count(each, -1));
            travelling.removeIf(each -> each.shard() == shard);
        }

        private void idle(int shard) {
            shards.get(shard).giveBackSpares();
            if (liveRegions[shard] == 0) {
                assertEquals(0, shards.get(shard).claimedBytes());
            }
        }

        private void count(Live each, int sign) {
            liveRegions[each.shard()] += sign;
            liveBytes[each.shard()] += sign * each.region().roomBytes();
        }

        private void checkAccounts() {
            long claimed = 0;
            for (int i = 0; i < SHARDS; i++) {
                Buffers shard = shards.get(i);
                assertEquals(liveRegions[i], shard.liveRegions());
                assertEquals(liveBytes[i], shard.liveBytes());
                assertTrue(shard.claimedBytes() >= shard.liveBytes());
                claimed += shard.claimedBytes();
            }
            assertEquals(claimed, allowance.claimedBytes());
            assertEquals(claimed, budget.claimedBytes());
            assertTrue(allowance.highestBytes() <= SLABS * SLAB);
        }

        private void checkAlone() {
            Map<Long, Live> byAddress = new TreeMap<>();
            live.stream()
                    .filter(each -> each.region().length() > 0)
                    .forEach(each -> byAddress.put(each.begin(), each));
            long end = 0;
            for (Live each : byAddress.values()) {
                assertTrue(each.begin() >= end, "live regions do not overlap");
                end = each.begin() + each.region().length();
            }
        }
    }
}
